package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.LeaseHeld;
import dev.forebay.base.error.NotFound;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Random changes below two directories with snapshots and one without, moves between them, removed
 * snapshots and restarts; each snapshot shows what was there when it was made, and what only
 * removed ones showed is given up.
 */
class SnapshotModelTest {
    private static final int STEPS = 250;
    private static final List<String> ROOTS = List.of("/a", "/b");
    private static final List<String> FOLDERS =
            List.of("/a", "/a/x", "/a/x/y", "/b", "/b/x", "/c", "/c/x", "/a/.d", "/c/y");

    @SeededTest
    void snapshotsShowWhatWasThere(long seed) {
        new Run(seed).run();
    }

    /** A snapshot, and what was there. */
    private record Taken(String root, Name name, Map<String, String> contents) {
        String path() {
            return root + "/.snapshot/" + name;
        }

        /** Paths by the numbers of their inodes; that of the directory itself is empty. */
        Map<String, String> paths() {
            Map<String, String> paths = new TreeMap<>();
            contents.forEach((path, text) -> paths.put(id(text), path));
            paths.put("", "");
            return paths;
        }

        private static String id(String text) {
            return text.substring(0, text.indexOf(' '));
        }

        /** The number of the directory that holds a path; empty for the directory itself. */
        String parent(String path) {
            String above = path.substring(0, path.lastIndexOf('/'));
            return above.isEmpty() ? "" : id(contents.getOrDefault(above, " "));
        }
    }

    private static final class Run {
        private final Generator generator;
        private final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        private final FaultyDisk disk = new FaultyDisk();
        private DiskBlockStore blocks = DiskBlockStore.open(disk, Path.of("/blocks"));
        private EngineFixture files = EngineFixture.over(meta, blocks);
        private final List<Taken> taken = new ArrayList<>();
        private final Map<String, LeasedWriter> open = new TreeMap<>();
        private int names;

        Run(long seed) {
            this.generator = new Generator(seed);
            for (String root : List.of("/a", "/b", "/c")) {
                files.mkdir(root);
            }
            ROOTS.forEach(root -> files.engine.snapshots().allow(ROOT, path(root)));
        }

        void run() {
            try {
                for (int i = 0; i < STEPS; i++) {
                    try {
                        step();
                    } catch (NotFound | AlreadyExists | Invalid | InvalidState | LeaseHeld e) {
                        // the step met what is not there, is there already, or is being written
                        assertThat((Throwable) e).isInstanceOf(ForebayException.class);
                    }
                    if (i % 10 == 0) {
                        compareOne();
                    }
                }
                taken.forEach(this::compare);
                open.values().forEach(LeasedWriter::close);
                taken.forEach(this::compare);
                List.copyOf(taken).forEach(this::remove);
                settle();
            } finally {
                files.close();
            }
        }

        private void step() {
            switch (below(16)) {
                case 0, 1 -> files.write(file(), bytes());
                case 2 -> files.overwrite(file(), bytes());
                case 3 -> files.mkdir(pick(FOLDERS));
                case 4 -> delete(below(3) == 0 ? pick(FOLDERS) : file());
                case 5 -> files.rename(file(), file());
                case 6 -> files.rename(pick(FOLDERS), pick(FOLDERS));
                case 7 -> append(file());
                case 8 -> truncate(file());
                case 9 -> attribute();
                case 10 -> begin();
                case 11 -> goOn();
                case 12, 13 -> take();
                case 14 -> removeOne();
                default -> {
                    if (below(4) == 0) {
                        restart();
                    }
                }
            }
        }

        private int below(int limit) {
            return generator.between(0, limit - 1);
        }

        private String pick(List<String> some) {
            return some.get(below(some.size()));
        }

        private String file() {
            return pick(FOLDERS) + "/f" + below(3);
        }

        private byte[] bytes() {
            int length =
                    switch (below(4)) {
                        case 0 -> 0;
                        case 1 -> 1 + below(4000);
                        case 2 -> 1 + below(60_000);
                        default -> 1 + below(200_000);
                    };
            byte[] bytes = EngineFixture.pattern(length);
            Arrays.fill(bytes, 0, Math.min(10, length), (byte) below(256));
            return bytes;
        }

        private void delete(String path) {
            if (!ROOTS.contains(path) && !path.equals("/c")) {
                files.delete(path);
            }
        }

        private void append(String path) {
            try (LeasedWriter writer = files.engine.append(ROOT, path(path), "appends")) {
                writer.write(ByteBuffer.wrap(bytes()));
            }
        }

        private void truncate(String path) {
            long length = files.stat(path).length();
            files.engine.truncate(ROOT, path(path), below((int) length + 1));
        }

        private void attribute() {
            String path = below(2) == 0 ? file() : pick(FOLDERS);
            int value = below(100);
            files.engine.setExtendedAttribute(
                    ROOT,
                    path(path),
                    new ExtendedAttribute(
                            "user.n" + value % 3,
                            ByteBuffer.wrap(
                                    Integer.toString(value).getBytes(StandardCharsets.UTF_8))),
                    AttributeWrite.CREATE_OR_REPLACE);
            files.engine.setReplication(ROOT, path(path), 1 + value % 5);
        }

        private void begin() {
            String path = file();
            if (open.size() < 3 && !files.exists(path)) {
                open.put(
                        path,
                        files.engine.create(
                                ROOT,
                                path(path),
                                EngineFixture.options(WriteType.ASYNC_THROUGH),
                                "writes"));
                goOn();
            }
        }

        private void goOn() {
            if (open.isEmpty()) {
                return;
            }
            Map.Entry<String, LeasedWriter> first = open.entrySet().iterator().next();
            String path = first.getKey();
            LeasedWriter writer = first.getValue();
            writer.write(ByteBuffer.wrap(bytes()));
            switch (below(4)) {
                case 0 -> {
                    open.remove(path);
                    writer.close();
                }
                case 1 -> {
                    open.remove(path);
                    writer.abort();
                }
                case 2 -> {
                    writer.sync();
                    writer.nextBlock();
                    writer.write(ByteBuffer.wrap(bytes()));
                    writer.sync();
                    writer.abandonBlock();
                }
                default -> writer.sync();
            }
        }

        private void take() {
            String root = pick(ROOTS);
            // what is flushed and not yet durable is not in a snapshot
            open.values().forEach(LeasedWriter::sync);
            Name name = Name.of("s" + names++);
            files.engine.snapshots().create(ROOT, path(root), Optional.of(name));
            taken.add(new Taken(root, name, contents(root)));
        }

        private void removeOne() {
            if (!taken.isEmpty()) {
                remove(taken.get(below(taken.size())));
            }
        }

        private void remove(Taken snapshot) {
            files.engine.snapshots().delete(ROOT, path(snapshot.root()), snapshot.name());
            taken.remove(snapshot);
            assertThat(files.exists(snapshot.path())).isFalse();
        }

        private void restart() {
            open.values().forEach(LeasedWriter::close);
            open.clear();
            files.close();
            blocks.close();
            blocks = DiskBlockStore.open(disk, Path.of("/blocks"));
            files = EngineFixture.over(meta, blocks);
        }

        /** Everything that can be seen below a folder, by path. */
        private Map<String, String> contents(String folder) {
            Map<String, String> contents = new TreeMap<>();
            for (String path :
                    files.list(folder, new FileEngine.ListOptions(true, MetadataLoad.ONCE))) {
                FileStatus status = files.stat(path);
                String bytes =
                        status.directory()
                                ? "children " + status.length()
                                : status.length() + " bytes " + Arrays.hashCode(read(status, path));
                contents.put(
                        path.substring(folder.length()),
                        status.id()
                                + " "
                                + bytes
                                + " "
                                + status.layout()
                                + " "
                                + files.engine.extendedAttributes(ROOT, path(path)).stream()
                                        .map(
                                                each ->
                                                        each.name()
                                                                + "="
                                                                + StandardCharsets.UTF_8.decode(
                                                                        each.value().duplicate()))
                                        .toList());
            }
            return contents;
        }

        private byte[] read(FileStatus status, String path) {
            return status.length() == 0 ? new byte[0] : files.read(path);
        }

        private void compareOne() {
            if (!taken.isEmpty()) {
                Taken one = taken.get(below(taken.size()));
                compare(one);
                Taken other = taken.get(below(taken.size()));
                if (one.root().equals(other.root())) {
                    compareChanges(one, other);
                }
            }
        }

        /** What differs between two snapshots, but for what was only modified. */
        private void compareChanges(Taken from, Taken to) {
            List<String> found =
                    files
                            .engine
                            .snapshots()
                            .compare(
                                    ROOT,
                                    path(from.root()),
                                    Optional.of(from.name()),
                                    Optional.of(to.name()))
                            .stream()
                            .filter(change -> change.kind() != Snapshots.Kind.MODIFIED)
                            .map(change -> change.kind() + " " + change.path())
                            .toList();
            assertThat(found)
                    .as("%s to %s", from.path(), to.path())
                    .containsExactlyInAnyOrderElementsOf(changes(from, to));
        }

        private static List<String> changes(Taken from, Taken to) {
            Map<String, String> then = from.paths();
            Map<String, String> now = to.paths();
            List<String> changes = new ArrayList<>();
            then.forEach(
                    (id, path) -> {
                        String other = now.get(id);
                        if (id.isEmpty()) {
                            return;
                        }
                        if (other == null) {
                            if (now.containsKey(from.parent(path))) {
                                changes.add("DELETED " + path);
                            }
                        } else if (!from.parent(path).equals(to.parent(other))
                                || !last(path).equals(last(other))) {
                            changes.add("RENAMED " + path);
                        }
                    });
            now.forEach(
                    (id, path) -> {
                        if (!id.isEmpty()
                                && !then.containsKey(id)
                                && then.containsKey(to.parent(path))) {
                            changes.add("CREATED " + path);
                        }
                    });
            return changes;
        }

        private static String last(String path) {
            return path.substring(path.lastIndexOf('/'));
        }

        private void compare(Taken snapshot) {
            assertThat(contents(snapshot.path()))
                    .as(snapshot.path())
                    .isEqualTo(snapshot.contents());
        }

        /** Nothing is damaged, and nothing is kept any more. */
        private void settle() {
            assertThat(eventually(() -> EngineFixture.kept(meta) == 0))
                    .as("%d rows kept", EngineFixture.kept(meta))
                    .isTrue();
            assertThat(eventually(() -> findings().isEmpty()))
                    .as("findings %s", findings())
                    .isTrue();
        }

        private List<NamespaceCheck.Finding> findings() {
            return EngineFixture.findings(meta, blocks);
        }
    }
}
