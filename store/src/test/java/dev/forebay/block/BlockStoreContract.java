package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotFound;
import dev.forebay.block.BlockStore.BlockStatus;
import dev.forebay.testkit.Generator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The rules of {@link BlockStore}, for every implementation. */
abstract class BlockStoreContract {
    private static final BlockId ID = new BlockId(7);
    private static final int LONG = 200_000;

    private BlockStore store;

    /** An empty store with room for 16 MiB or more. */
    abstract BlockStore store() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = store();
    }

    @AfterEach
    void close() {
        store.close();
    }

    static byte[] content(int seed, int length) {
        return new Generator(seed).bytes(length);
    }

    static void seal(BlockStore store, BlockId id, byte[] content) {
        try (BlockWriter writer = store.create(id)) {
            writer.append(ByteBuffer.wrap(content));
            writer.seal();
        }
    }

    static byte[] bytes(BlockStore store, BlockId id) {
        try (BlockReader reader = store.open(id)) {
            return bytes(reader);
        }
    }

    static byte[] bytes(BlockReader reader) {
        ByteBuffer target = ByteBuffer.allocateDirect((int) reader.length() + 10);
        int count = reader.read(0, target);
        byte[] content = new byte[count];
        target.flip().get(content);
        return content;
    }

    @Test
    void sealedBlockIsReadBack() {
        byte[] content = content(1, LONG);
        seal(store, ID, content);
        assertThat(bytes(store, ID)).isEqualTo(content);
        assertThat(store.find(ID)).contains(new BlockStatus(ID, LONG, true));
        store.verify(ID);
    }

    @Test
    void emptyBlockIsReadBack() {
        seal(store, ID, new byte[0]);
        assertThat(bytes(store, ID)).isEmpty();
        assertThat(store.find(ID)).contains(new BlockStatus(ID, 0, true));
        store.verify(ID);
    }

    @Test
    void lengthsAroundChunksAreReadBack() {
        long id = 1000;
        for (int length : new int[] {1, 65535, 65536, 65537, 131072, 131073}) {
            byte[] content = content(length, length);
            BlockId block = new BlockId(id++);
            seal(store, block, content);
            assertThat(bytes(store, block)).isEqualTo(content);
            assertThat(store.find(block)).contains(new BlockStatus(block, length, true));
            store.verify(block);
        }
    }

    @Test
    void readsAtAnyPositionStopAtTheEnd() {
        byte[] content = content(1, LONG);
        seal(store, ID, content);
        try (BlockReader reader = store.open(ID)) {
            assertThat(reader.length()).isEqualTo(LONG);
            ByteBuffer target = ByteBuffer.allocate(100).position(10).limit(60);
            assertThat(reader.read(70_000, target)).isEqualTo(50);
            assertThat(target.position()).isEqualTo(60);
            assertThat(target.limit()).isEqualTo(60);
            assertThat(Arrays.copyOfRange(target.array(), 10, 60))
                    .isEqualTo(Arrays.copyOfRange(content, 70_000, 70_050));
            assertThat(target.array()[9]).isZero();
            assertThat(target.array()[60]).isZero();
            assertThat(reader.read(LONG - 3, ByteBuffer.allocate(10))).isEqualTo(3);
            assertThat(reader.read(LONG, ByteBuffer.allocate(10))).isZero();
            assertThat(reader.read(5, ByteBuffer.allocate(0))).isZero();
        }
    }

    @Test
    void positionsOutsideAreRefused() {
        seal(store, ID, new byte[10]);
        try (BlockReader reader = store.open(ID)) {
            assertThatThrownBy(() -> reader.read(-1, ByteBuffer.allocate(1)))
                    .isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> reader.read(11, ByteBuffer.allocate(1)))
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void appendTakesWhatRemainsOfAnyBuffer() {
        byte[] content = content(1, LONG);
        try (BlockWriter writer = store.create(ID)) {
            ByteBuffer direct = ByteBuffer.allocateDirect(LONG).put(content).flip();
            ByteBuffer first = direct.duplicate().position(5).limit(100_000);
            writer.append(first);
            assertThat(first.remaining()).isZero();
            assertThat(first.limit()).isEqualTo(100_000);
            writer.append(ByteBuffer.wrap(content, 100_000, 50_000).asReadOnlyBuffer());
            writer.append(ByteBuffer.allocate(0));
            assertThat(writer.length()).isEqualTo(149_995);
            writer.seal();
        }
        assertThat(bytes(store, ID)).isEqualTo(Arrays.copyOfRange(content, 5, 150_000));
    }

    @Test
    void readersSeeAppendsAtOnce() {
        byte[] content = content(1, LONG);
        BlockWriter writer = store.create(ID);
        try (BlockReader early = writer.reader();
                BlockReader opened = store.open(ID)) {
            assertThat(early.length()).isZero();
            for (int at = 0; at < LONG; at += 10_000) {
                writer.append(ByteBuffer.wrap(content, at, 10_000));
                assertThat(early.length()).isEqualTo(at + 10_000);
                assertThat(bytes(early)).isEqualTo(Arrays.copyOf(content, at + 10_000));
                ByteBuffer last = ByteBuffer.allocate(100);
                assertThat(opened.read(at + 9_900, last)).isEqualTo(100);
                assertThat(last.array())
                        .isEqualTo(Arrays.copyOfRange(content, at + 9_900, at + 10_000));
            }
            assertThat(store.find(ID)).contains(new BlockStatus(ID, LONG, false));
            writer.seal();
            writer.close();
            assertThat(bytes(opened)).as("reader from before sealing").isEqualTo(content);
        }
    }

    @Test
    void idCanBeTakenOnce() {
        BlockWriter writer = store.create(ID);
        assertThatThrownBy(() -> store.create(ID)).isInstanceOf(AlreadyExists.class);
        writer.append(ByteBuffer.wrap(new byte[] {1}));
        writer.close();
        assertThatThrownBy(() -> store.create(ID)).isInstanceOf(AlreadyExists.class);
        store.recover(ID, 1);
        assertThatThrownBy(() -> store.create(ID)).isInstanceOf(AlreadyExists.class);
        assertThat(bytes(store, ID)).containsExactly(1);
        assertThatThrownBy(() -> store.create(new BlockId(0))).isInstanceOf(Invalid.class);
    }

    @Test
    void missingBlockIsNotFound() {
        assertThatThrownBy(() -> store.open(ID))
                .isInstanceOfSatisfying(
                        NotFound.class, e -> assertThat(e.subject()).isEqualTo("7"));
        assertThatThrownBy(() -> store.verify(ID)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> store.recover(ID, 0)).isInstanceOf(NotFound.class);
        assertThat(store.find(ID)).isEmpty();
        store.delete(ID);
    }

    @Test
    void sealedBlockTakesNothingMore() {
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(new byte[] {1}));
            writer.seal();
            writer.seal();
            writer.sync();
            assertThatThrownBy(() -> writer.append(ByteBuffer.wrap(new byte[] {2})))
                    .isInstanceOf(InvalidState.class);
            assertThat(bytes(writer.reader())).containsExactly(1);
        }
        assertThat(bytes(store, ID)).containsExactly(1);
    }

    @Test
    void closedWriterAndReaderRefuse() {
        BlockWriter writer = store.create(ID);
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1))).isInstanceOf(Closed.class);
        assertThatThrownBy(writer::sync).isInstanceOf(Closed.class);
        assertThatThrownBy(writer::seal).isInstanceOf(Closed.class);
        assertThatThrownBy(writer::reader).isInstanceOf(Closed.class);
        BlockId other = new BlockId(8);
        seal(store, other, new byte[10]);
        BlockReader reader = store.open(other);
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.read(0, ByteBuffer.allocate(1))).isInstanceOf(Closed.class);
    }

    @Test
    void unsealedBlockWithoutWriterIsRecoveredNotRead() {
        byte[] content = content(1, LONG);
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.wrap(content));
            writer.sync();
            assertThatThrownBy(() -> store.recover(ID, 1)).isInstanceOf(InvalidState.class);
            assertThatThrownBy(() -> store.verify(ID)).isInstanceOf(InvalidState.class);
        }
        assertThat(store.find(ID)).contains(new BlockStatus(ID, LONG, false));
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> store.verify(ID)).isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> store.recover(ID, LONG + 1)).isInstanceOf(Lost.class);
        assertThatThrownBy(() -> store.recover(ID, -1)).isInstanceOf(Invalid.class);
        store.recover(ID, 150_000);
        assertThat(store.find(ID)).contains(new BlockStatus(ID, 150_000, true));
        assertThat(bytes(store, ID)).isEqualTo(Arrays.copyOf(content, 150_000));
        store.verify(ID);
    }

    @Test
    void recoveringSealedBlockKeepsOrCutsIt() {
        byte[] content = content(1, LONG);
        seal(store, ID, content);
        store.recover(ID, LONG);
        assertThat(bytes(store, ID)).isEqualTo(content);
        assertThatThrownBy(() -> store.recover(ID, LONG + 1)).isInstanceOf(Lost.class);
        store.recover(ID, 70_000);
        assertThat(bytes(store, ID)).isEqualTo(Arrays.copyOf(content, 70_000));
        store.recover(ID, 0);
        assertThat(bytes(store, ID)).isEmpty();
        store.verify(ID);
    }

    @Test
    void deletedBlockIsGoneForAllButItsReaders() {
        byte[] content = content(1, LONG);
        seal(store, ID, content);
        try (BlockReader reader = store.open(ID)) {
            store.delete(ID);
            assertThat(store.find(ID)).isEmpty();
            assertThatThrownBy(() -> store.open(ID)).isInstanceOf(NotFound.class);
            assertThat(bytes(reader)).isEqualTo(content);
        }
        store.delete(ID);
    }

    @Test
    void writerOfDeletedBlockFails() {
        byte[] content = content(1, LONG);
        try (BlockWriter writer = store.create(ID);
                BlockReader reader = writer.reader()) {
            writer.append(ByteBuffer.wrap(content));
            store.delete(ID);
            assertThatThrownBy(() -> writer.append(ByteBuffer.allocate(1)))
                    .isInstanceOf(NotFound.class);
            assertThatThrownBy(writer::sync).isInstanceOf(NotFound.class);
            assertThatThrownBy(writer::seal).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> store.open(ID)).isInstanceOf(NotFound.class);
            assertThat(store.find(ID)).isEmpty();
            assertThat(bytes(reader)).isEqualTo(content);
        }
        assertThat(store.find(ID)).isEmpty();
    }

    @Test
    void listNamesEachBlockOnce() {
        List<BlockStatus> expected = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            BlockId id = new BlockId(i * 300L);
            seal(store, id, new byte[i]);
            expected.add(new BlockStatus(id, i, true));
        }
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.allocate(9));
            expected.add(new BlockStatus(ID, 9, false));
            List<BlockStatus> listed = new ArrayList<>();
            store.list(listed::add);
            assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void bytesHeldAreThoseOfAllBlocks() {
        assertThat(store.heldBytes()).isZero();
        seal(store, new BlockId(1), new byte[1_000]);
        store.list(_ -> {});
        seal(store, new BlockId(2), new byte[LONG]);
        try (BlockWriter writer = store.create(ID)) {
            writer.append(ByteBuffer.allocate(9));
            assertThat(store.heldBytes()).isEqualTo(1_000 + LONG + 9);
            store.delete(new BlockId(2));
            store.delete(new BlockId(2));
            assertThat(store.heldBytes()).isEqualTo(1_009);
            writer.append(ByteBuffer.allocate(11));
        }
        store.recover(ID, 15);
        assertThat(store.heldBytes()).isEqualTo(1_015);
        store.list(_ -> {});
        assertThat(store.heldBytes()).isEqualTo(1_015);
        store.delete(ID);
        store.delete(new BlockId(1));
        assertThat(store.heldBytes()).isZero();
    }

    @Test
    void closedStoreRefuses() {
        seal(store, ID, new byte[1]);
        BlockWriter writer = store.create(new BlockId(8));
        store.close();
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> store.create(new BlockId(9))).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> store.find(ID)).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> store.delete(ID)).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> store.list(_ -> {})).isInstanceOf(Closed.class);
        assertThatThrownBy(store::usableSpace).isInstanceOf(Closed.class);
        writer.close();
    }

    @Test
    void manyWritersAndReadersDoNotDisturbEachOther() throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 1; i <= 32; i++) {
            BlockId id = new BlockId(i);
            byte[] content = content(i, 70_000 + i * 1000);
            tasks.add(() -> writeAndRead(id, content));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> outcome : threads.invokeAll(tasks)) {
                assertThat(outcome.get()).isTrue();
            }
        }
        store.list(status -> assertThat(status.sealed()).isTrue());
    }

    private boolean writeAndRead(BlockId id, byte[] content) throws Exception {
        try (BlockWriter writer = store.create(id)) {
            BlockReader reader = writer.reader();
            // a platform thread: virtual ones that spin would keep the writers from every carrier
            Thread follower = Thread.ofPlatform().start(() -> follow(reader, content));
            for (int at = 0; at < content.length; at += 9_999) {
                int count = Math.min(9_999, content.length - at);
                writer.append(ByteBuffer.wrap(content, at, count));
            }
            writer.seal();
            follower.join();
        }
        try (BlockReader reader = store.open(id)) {
            store.delete(new BlockId(id.value() + 1000));
            return Arrays.equals(bytes(reader), content);
        }
    }

    /** Reads a growing block to its end; the last read is checked by whoever compares. */
    private static void follow(BlockReader reader, byte[] content) {
        try (reader) {
            ByteBuffer target = ByteBuffer.allocateDirect(content.length);
            while (target.hasRemaining()) {
                reader.read(target.position(), target);
                Thread.onSpinWait();
            }
            if (!target.flip().equals(ByteBuffer.wrap(content))) {
                throw new AssertionError("reader saw wrong bytes");
            }
        }
    }
}
