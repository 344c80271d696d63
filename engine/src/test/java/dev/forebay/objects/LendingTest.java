package dev.forebay.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FileWriter;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.ManualClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

class LendingTest {
    private static final Principal ROOT = Principal.node("root");
    private static final int CAPACITY = 4 << 20;
    private static final int BLOCK = 100_000;

    private final ManualClock clock = new ManualClock(1_000_000);
    private final Arena arena = SharedArena.open(ArenaOptions.of(CAPACITY));
    private final NodeFileEngine files =
            NodeFileEngine.open(
                    new NodeFileEngine.Stores(
                            new MemoryMetaStore(FileSpaces.all(), Clock.system()),
                            new MemoryBlockStore(64 << 20),
                            arena,
                            List.of()),
                    FilesConfig.DEFAULT,
                    Clock.system(),
                    ROOT);
    private final NodeObjectEngine objects =
            NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, clock);
    private final Lending lending = new Lending(files, objects, clock);
    private final ObjectSession session = objects.open(ROOT);

    @AfterEach
    void close() {
        lending.close();
        objects.close();
        files.close();
        arena.close();
    }

    private static byte[] pattern(int length, int seed) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (index * 31 + seed);
        }
        return bytes;
    }

    private void write(String path, byte[] bytes) {
        CreateOptions options =
                new CreateOptions(
                        false,
                        false,
                        OptionalInt.empty(),
                        Optional.of(WriteType.THROUGH),
                        Optional.empty(),
                        OptionalLong.of(BLOCK),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty());
        try (FileWriter writer = files.create(ROOT, FilePath.parse(path), options)) {
            writer.write(ByteBuffer.wrap(bytes));
        }
    }

    private LentFile lend(String path) {
        return lending.lend(ROOT, FilePath.parse(path), true);
    }

    private Optional<ObjectView> get(ObjectId id) {
        ObjectWait wait = session.get(List.of(id), () -> {});
        wait.end();
        return wait.find(0);
    }

    private byte[] read(LentFile file) {
        ByteBuffer all = ByteBuffer.allocate((int) file.length());
        for (ObjectId id : file.blocks()) {
            all.put(get(id).orElseThrow().data().toArray(ValueLayout.JAVA_BYTE));
        }
        return all.array();
    }

    @Test
    void blocksAreObjectsInTheMemoryOfTheCache() {
        byte[] bytes = pattern(3 * BLOCK + 5, 1);
        write("/f", bytes);
        LentFile file = lend("/f");
        long used = arena.used();
        assertThat(used).isEqualTo(bytes.length);
        assertThat(file.blocks()).hasSize(4);
        assertThat(file.blockSize()).isEqualTo(BLOCK);
        assertThat(read(file)).isEqualTo(bytes);
        assertThat(arena.used()).isEqualTo(used);
        assertThat(objects.find(file.blocks().getFirst()).orElseThrow().references()).isEqualTo(1);
        assertThat(objects.list()).hasSize(4);
        assertThat(objects.statistics().bytes()).isZero();
        assertThat(lend("/f")).isEqualTo(file);
    }

    @Test
    void smallAndEmptyFilesCanBeLent() {
        write("/small", pattern(10, 2));
        write("/empty", new byte[0]);
        assertThat(read(lend("/small"))).isEqualTo(pattern(10, 2));
        assertThat(lend("/empty").blocks()).isEmpty();
    }

    @Test
    void idsFollowFromPathGenerationAndIndex() throws NoSuchAlgorithmException {
        write("/dir-ä", pattern(2 * BLOCK, 3));
        LentFile file = lend("/dir-ä");
        List<ObjectId> expected = new ArrayList<>();
        for (int index = 0; index < 2; index++) {
            String text = "forebay-block\0/dir-ä\0" + file.generation() + "\0" + index;
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            expected.add(ObjectId.of(Arrays.copyOf(digest, 20)));
        }
        assertThat(file.blocks()).isEqualTo(expected);
    }

    @Test
    void changedFileGetsOtherIdsAndLentBytesStay() {
        write("/f", pattern(BLOCK, 4));
        LentFile before = lend("/f");
        ObjectView view = get(before.blocks().getFirst()).orElseThrow();
        files.delete(ROOT, FilePath.parse("/f"), DeleteOptions.DEFAULT);
        write("/f", pattern(BLOCK, 5));
        LentFile after = lend("/f");
        assertThat(after.generation()).isNotEqualTo(before.generation());
        assertThat(view.data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(pattern(BLOCK, 4));
        assertThat(read(after)).isEqualTo(pattern(BLOCK, 5));

        clock.advance(Lending.HELD);
        lending.tick();
        assertThat(view.data().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(pattern(BLOCK, 4));
        session.release(before.blocks().getFirst());
        assertThat(session.contains(before.blocks().getFirst())).isFalse();
        assertThat(get(before.blocks().getFirst())).isEmpty();
        assertThat(arena.used()).isEqualTo(BLOCK);
    }

    @Test
    void blocksAreOrdinaryCacheOnceNobodyHoldsThem() {
        List<String> heard = new ArrayList<>();
        objects.subscribe(
                new ObjectListener() {
                    @Override
                    public void sealed(List<ObjectStatus> sealed) {
                        heard.add("sealed");
                    }

                    @Override
                    public void gone(ObjectId id) {
                        heard.add("gone");
                    }
                });
        write("/f", pattern(BLOCK, 6));
        LentFile file = lend("/f");
        ObjectId id = file.blocks().getFirst();
        assertThat(arena.evict(CAPACITY, Arena.Kind.FILE_BLOCK)).isZero();
        get(id);
        clock.advance(Lending.HELD.plus(Duration.ofMillis(1)));
        lending.tick();
        assertThat(arena.evict(CAPACITY, Arena.Kind.FILE_BLOCK)).isZero();
        session.release(id);
        assertThat(session.contains(id)).isTrue();
        assertThat(objects.evict(CAPACITY)).isZero();
        assertThat(arena.evict(CAPACITY, Arena.Kind.FILE_BLOCK)).isEqualTo(BLOCK);
        assertThat(session.contains(id)).isFalse();
        assertThat(objects.list()).isEmpty();
        lending.tick();
        assertThat(heard).containsExactly("sealed", "gone");
        assertThat(read(lend("/f"))).isEqualTo(pattern(BLOCK, 6));
    }

    @Test
    void deleteOfALentObjectLeavesTheFile() {
        write("/f", pattern(BLOCK, 7));
        ObjectId id = lend("/f").blocks().getFirst();
        assertThat(session.delete(id)).isEqualTo(ObjectSession.Deletion.DONE);
        assertThat(session.contains(id)).isFalse();
        assertThat(read(lend("/f"))).isEqualTo(pattern(BLOCK, 7));
    }

    @Test
    void whatIsInMemoryIsLentWithoutBringingAnythingIn() {
        write("/f", pattern(2 * BLOCK, 10));
        assertThatThrownBy(() -> lendCached("/f")).isInstanceOf(InvalidState.class);
        assertThat(arena.used()).isZero();

        LentFile file = lend("/f");
        assertThat(lendCached("/f")).isEqualTo(file);
        assertThat(file.numbers())
                .isEqualTo(
                        files.stat(ROOT, FilePath.parse("/f"), MetadataLoad.NEVER).blocks().stream()
                                .map(FileStatus.Block::id)
                                .toList());
        clock.advance(Lending.HELD);
        lending.tick();
        assertThat(arena.evict(BLOCK, Arena.Kind.FILE_BLOCK)).isEqualTo(BLOCK);
        assertThatThrownBy(() -> lendCached("/f")).isInstanceOf(InvalidState.class);
        assertThat(arena.used()).isEqualTo(BLOCK);
        assertThat(arena.statistics().pinned()).isZero();
    }

    @Test
    void whatIsLentBrieflyStaysJustLongEnough() {
        write("/f", pattern(BLOCK, 11));
        lend("/f");
        clock.advance(Lending.HELD);
        lendCached("/f");
        lending.tick();
        assertThat(arena.evict(CAPACITY, Arena.Kind.FILE_BLOCK)).isZero();
        clock.advance(Lending.HELD_BRIEFLY);
        lending.tick();
        assertThat(arena.evict(CAPACITY, Arena.Kind.FILE_BLOCK)).isEqualTo(BLOCK);
    }

    private LentFile lendCached(String path) {
        return lending.lend(ROOT, FilePath.parse(path), false);
    }

    @Test
    void whatCannotBeLentSaysWhy() {
        files.createDirectory(ROOT, FilePath.parse("/d"), CreateOptions.DEFAULT);
        write("/large", pattern(CAPACITY + 1, 8));
        assertThatThrownBy(() -> lend("/none")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> lend("/d")).isInstanceOf(IsADirectory.class);
        assertThatThrownBy(() -> lend("/large")).isInstanceOf(OutOfSpace.class);
        assertThat(arena.statistics().pinned()).isZero();
    }

    @Test
    void waitIsServedByALentBlock() {
        write("/f", pattern(BLOCK, 9));
        LentFile first = lend("/f");
        ObjectId id = first.blocks().getFirst();
        session.delete(id);
        List<String> woken = new ArrayList<>();
        ObjectWait wait = session.get(List.of(id), () -> woken.add("woken"));
        lend("/f");
        assertThat(woken).containsExactly("woken");
        assertThat(wait.complete()).isTrue();
    }
}
