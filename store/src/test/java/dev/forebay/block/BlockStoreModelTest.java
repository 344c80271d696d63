package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;
import dev.forebay.base.MemoryDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Random calls against a model of byte arrays. */
class BlockStoreModelTest {
    private static final Path DIRECTORY = Path.of("/blocks");
    private static final int STEPS = 120;
    private static final int APPEND_LENGTH_MAX = 150_000;

    private final Disk disk = new MemoryDisk(1 << 30);
    private final Map<BlockId, ByteArrayOutputStream> model = new TreeMap<>();
    private final Map<BlockId, BlockWriter> writers = new HashMap<>();
    private BlockStore store = new MemoryBlockStore(0);
    private long lastId;

    @SeededTest
    void diskStoreBehavesAsByteArrays(long seed) {
        store = DiskBlockStore.open(disk, DIRECTORY);
        run(new Generator(seed), true);
    }

    @SeededTest
    void memoryStoreBehavesAsByteArrays(long seed) {
        store = new MemoryBlockStore(1 << 30);
        run(new Generator(seed), false);
    }

    private void run(Generator generator, boolean reopens) {
        for (int step = 0; step < STEPS; step++) {
            switch (generator.weighted(10, 40, 10, 40, 5, reopens ? 3 : 0)) {
                case 0 -> create();
                case 1 -> append(generator);
                case 2 -> seal(generator);
                case 3 -> read(generator);
                case 4 -> delete(generator);
                default -> reopen(generator);
            }
        }
        model.keySet().forEach(id -> read(id, 0, content(id).size(), generator));
        store.list(_ -> {});
        assertThat(store.heldBytes())
                .isEqualTo(model.values().stream().mapToLong(ByteArrayOutputStream::size).sum());
        store.close();
    }

    private void create() {
        if (writers.size() < 4) {
            BlockId id = new BlockId(++lastId);
            writers.put(id, store.create(id));
            model.put(id, new ByteArrayOutputStream());
        }
    }

    private void append(Generator generator) {
        if (!writers.isEmpty()) {
            BlockId id = generator.pick(writers.keySet().stream().sorted().toList());
            byte[] bytes = generator.bytes(generator.length(APPEND_LENGTH_MAX, 65536));
            writer(id).append(buffer(bytes, generator));
            content(id).writeBytes(bytes);
        }
    }

    private BlockWriter writer(BlockId id) {
        return Objects.requireNonNull(writers.get(id));
    }

    private ByteArrayOutputStream content(BlockId id) {
        return Objects.requireNonNull(model.get(id));
    }

    private static ByteBuffer buffer(byte[] bytes, Generator generator) {
        return generator.chance(50)
                ? ByteBuffer.wrap(bytes)
                : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private void seal(Generator generator) {
        if (!writers.isEmpty()) {
            BlockId id = generator.pick(writers.keySet().stream().sorted().toList());
            try (BlockWriter writer = writer(id)) {
                writer.sync();
                writer.seal();
            }
            writers.remove(id);
            store.verify(id);
        }
    }

    private void read(Generator generator) {
        if (!model.isEmpty()) {
            BlockId id = generator.pick(List.copyOf(model.keySet()));
            int length = content(id).size();
            int position = generator.between(0, length);
            read(id, position, generator.length(length + 100, 65536), generator);
        }
    }

    private void read(BlockId id, int position, int count, Generator generator) {
        byte[] expected = content(id).toByteArray();
        ByteBuffer target = buffer(new byte[count], generator);
        int end = Math.min(expected.length, position + count);
        try (BlockReader reader = store.open(id)) {
            assertThat(reader.length()).isEqualTo(expected.length);
            assertThat(reader.read(position, target)).isEqualTo(end - position);
        }
        assertThat(target.flip())
                .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(expected, position, end)));
    }

    private void delete(Generator generator) {
        if (!model.isEmpty()) {
            BlockId id = generator.pick(List.copyOf(model.keySet()));
            store.delete(id);
            model.remove(id);
            BlockWriter writer = writers.remove(id);
            if (writer != null) {
                writer.close();
            }
            assertThat(store.find(id)).isEmpty();
        }
    }

    /** The node ends without sealing, and starts again: unsealed blocks are recovered. */
    private void reopen(Generator generator) {
        store.close();
        store = DiskBlockStore.open(disk, DIRECTORY);
        writers.clear();
        for (BlockId id : model.keySet()) {
            BlockStore.BlockStatus status = store.find(id).orElseThrow();
            assertThat(status.length()).isEqualTo(content(id).size());
            if (!status.sealed()) {
                int length = generator.between(0, content(id).size());
                store.recover(id, length);
                byte[] kept = Arrays.copyOf(content(id).toByteArray(), length);
                content(id).reset();
                content(id).writeBytes(kept);
            }
        }
    }
}
