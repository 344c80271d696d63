package dev.forebay.understore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.ForebayException;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Random calls to a folder and to the place in memory, which is the model: the same answers, the
 * same errors, the same tree. {@code -Dseed=} replays one run.
 */
class LocalUnderStoreModelTest {
    private static final int CALLS = 150;
    private static final List<String> NAMES = List.of("a", "b", "\u00e4 \u00f6", "\n");

    @TempDir private Path folder = Path.of("");

    static LongStream seeds() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, 20) : LongStream.of(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behavesAsThePlaceInMemory(long seed) throws IOException {
        LocalRoots roots = LocalRoots.of(List.of(FilePath.parse(folder.toString())));
        UnderStore local =
                new LocalUnderStoreFactory(
                                roots, new LocalDisk(), Clock.system(), Randomness.secure())
                        .open(folder.toString(), Map.of());
        UnderStore model =
                new MemoryUnderStore("memory://model", Clock.system(), DataSize.parse("1GB"));
        Randomness randomness = Randomness.seeded(seed);
        for (int i = 0; i < CALLS; i++) {
            Call call = call(randomness);
            assertThat(outcome(call, local))
                    .as("seed %d call %d %s", seed, i, call)
                    .isEqualTo(outcome(call, model));
        }
        assertThat(tree(local)).as("seed %d", seed).isEqualTo(tree(model));
    }

    private static Call call(Randomness randomness) {
        FilePath path = path(randomness);
        return switch (randomness.below(6)) {
            case 0 -> new Put(path, "x".repeat(randomness.below(50)));
            case 1 -> new Delete(path);
            case 2 -> new Rename(path, path(randomness));
            case 3 -> new Make(path);
            case 4 -> new Look(path);
            default -> new Read(path, randomness.below(60), randomness.below(60));
        };
    }

    private static FilePath path(Randomness randomness) {
        FilePath path = FilePath.ROOT;
        for (int depth = randomness.below(4); depth > 0; depth--) {
            path = path.child(Name.of(NAMES.get(randomness.below(NAMES.size()))));
        }
        return path;
    }

    private static String outcome(Call call, UnderStore store) throws IOException {
        try {
            return call.on(store);
        } catch (ForebayException e) {
            return e.getClass().getSimpleName();
        }
    }

    private static Map<String, String> tree(UnderStore store) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        walk(store, FilePath.ROOT, tree);
        return tree;
    }

    private static void walk(UnderStore store, FilePath directory, Map<String, String> tree)
            throws IOException {
        for (UnderStatus child : store.list(directory)) {
            FilePath path = directory.child(child.name());
            tree.put(path.toString(), child.directory() ? "directory" : read(store, path, 0, 99));
            if (child.directory()) {
                walk(store, path, tree);
            }
        }
    }

    private static String read(UnderStore store, FilePath path, long position, long length)
            throws IOException {
        try (InputStream stream = store.open(path, new UnderStore.Range(position, length))) {
            return HexFormat.of().formatHex(stream.readAllBytes());
        }
    }

    /** One call; its answer as text. */
    private sealed interface Call {
        String on(UnderStore store) throws IOException;
    }

    private record Put(FilePath path, String content) implements Call {
        @Override
        public String on(UnderStore store) {
            try (UnderWriter writer = store.create(path)) {
                writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                return "length " + writer.commit().length();
            }
        }
    }

    private record Delete(FilePath path) implements Call {
        @Override
        public String on(UnderStore store) {
            return "deleted " + store.delete(path);
        }
    }

    private record Rename(FilePath source, FilePath target) implements Call {
        @Override
        public String on(UnderStore store) {
            store.rename(source, target);
            return "renamed";
        }
    }

    private record Make(FilePath path) implements Call {
        @Override
        public String on(UnderStore store) {
            store.createDirectories(path);
            return "made";
        }
    }

    private record Look(FilePath path) implements Call {
        @Override
        public String on(UnderStore store) {
            return store.stat(path)
                    .map(status -> status.directory() + " " + status.length())
                    .orElse("nothing");
        }
    }

    private record Read(FilePath path, long position, long length) implements Call {
        @Override
        public String on(UnderStore store) throws IOException {
            return read(store, path, position, length);
        }
    }
}
