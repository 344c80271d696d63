package dev.forebay.files;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.block.BlockStore;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.meta.MetaStore;
import dev.forebay.understore.MemoryUnderStoreFactory;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;
import dev.forebay.understore.UnderWriter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** An engine over given stores, and short forms of its calls as the superuser. */
final class EngineFixture implements AutoCloseable {
    static final Principal ROOT = Principal.node("root");
    static final long ARENA = 8 << 20;

    final MetaStore meta;
    final BlockStore blocks;
    final Arena arena;
    final NodeFileEngine engine;
    private final MemoryUnderStoreFactory places;

    private EngineFixture(
            MetaStore meta,
            BlockStore blocks,
            MemoryUnderStoreFactory places,
            UnderStoreFactory served) {
        this.meta = meta;
        this.blocks = blocks;
        this.arena = HeapArena.open(ArenaOptions.of(ARENA));
        this.places = places;
        Clock clock = Clock.system();
        this.engine =
                NodeFileEngine.open(
                        new NodeFileEngine.Stores(meta, blocks, arena, List.of(served)),
                        config(),
                        clock,
                        ROOT);
    }

    static EngineFixture over(MetaStore meta, BlockStore blocks) {
        return over(meta, blocks, places());
    }

    static MemoryUnderStoreFactory places() {
        return new MemoryUnderStoreFactory(Clock.system(), new DataSize(64 << 20));
    }

    static EngineFixture over(MetaStore meta, BlockStore blocks, MemoryUnderStoreFactory places) {
        return over(meta, blocks, places, places);
    }

    /** With places that are reached through something else. */
    static EngineFixture over(
            MetaStore meta,
            BlockStore blocks,
            MemoryUnderStoreFactory places,
            UnderStoreFactory served) {
        return new EngineFixture(meta, blocks, places, served);
    }

    /** A place that can be mounted as {@code memory://name}, to change behind the engine's back. */
    UnderStore place(String name) {
        return places.open("memory://" + name, Map.of());
    }

    void mount(String path, String name, boolean readOnly) {
        engine.mount(
                ROOT, path(path), new MountRequest("memory://" + name, Map.of(), readOnly, false));
    }

    /** Puts a file into a place behind the engine's back. */
    void putUnder(String name, String path, byte[] bytes) {
        try (UnderWriter writer = place(name).create(path(path))) {
            writer.write(ByteBuffer.wrap(bytes));
            writer.commit();
        }
    }

    /** What a place has, or empty. */
    Optional<byte[]> getUnder(String name, String path) {
        UnderStore place = place(name);
        return place.stat(path(path))
                .map(
                        status -> {
                            try (InputStream stream =
                                    place.open(
                                            path(path), new UnderStore.Range(0, status.length()))) {
                                return stream.readAllBytes();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    static EngineFixture inMemory() {
        return over(
                new MemoryMetaStore(FileSpaces.all(), Clock.system()),
                new MemoryBlockStore(64 << 20));
    }

    /**
     * Small limits, so that tests reach them: 64 KiB blocks, 4 KiB small files, times to live
     * looked at at once.
     */
    static FilesConfig config() {
        return new FilesConfig(
                new DataSize(64 << 10),
                new DataSize(4 << 10),
                WriteType.ASYNC_THROUGH,
                Duration.ofMillis(20),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofMinutes(20),
                2);
    }

    static FilePath path(String text) {
        return FilePath.parse(text);
    }

    static CreateOptions options(WriteType type) {
        CreateOptions none = CreateOptions.DEFAULT;
        return new CreateOptions(
                true,
                false,
                none.mode(),
                Optional.of(type),
                none.ttl(),
                none.blockSize(),
                none.replicationMin(),
                none.replicationMax(),
                none.replicationDurable());
    }

    static CreateOptions blockSize(long bytes) {
        CreateOptions none = CreateOptions.DEFAULT;
        return new CreateOptions(
                true,
                false,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(bytes),
                none.replicationMin(),
                none.replicationMax(),
                none.replicationDurable());
    }

    static CreateOptions ttl(long millis, TtlAction action) {
        CreateOptions none = CreateOptions.DEFAULT;
        return new CreateOptions(
                true,
                false,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new FileStatus.Ttl(millis, action)),
                OptionalLong.empty(),
                none.replicationMin(),
                none.replicationMax(),
                none.replicationDurable());
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    /** Has what is below a directory counted, without limiting it. */
    void countQuota(String path) {
        engine.setQuota(
                ROOT,
                path(path),
                new Quota.Change(
                        OptionalLong.of(1 << 20),
                        OptionalLong.of(1L << 40),
                        Map.of(StorageType.SSD, 1L << 40, StorageType.DISK, 1L << 40)));
    }

    void policy(String path, StoragePolicy policy) {
        engine.setStoragePolicy(ROOT, path(path), Optional.of(policy));
    }

    void write(String path, byte[] bytes) {
        write(path, bytes, options(WriteType.ASYNC_THROUGH));
    }

    void write(String path, byte[] bytes, CreateOptions options) {
        try (FileWriter writer = engine.create(ROOT, path(path), options)) {
            ByteBuffer source = ByteBuffer.wrap(bytes);
            while (source.hasRemaining()) {
                int count = Math.min(source.remaining(), 10_007);
                writer.write(source.slice(source.position(), count));
                source.position(source.position() + count);
            }
        }
    }

    /** Writes over what is there. */
    void overwrite(String path, byte[] bytes) {
        CreateOptions made = options(WriteType.ASYNC_THROUGH);
        CreateOptions over =
                new CreateOptions(
                        true,
                        true,
                        made.mode(),
                        made.writeType(),
                        made.ttl(),
                        made.blockSize(),
                        made.replicationMin(),
                        made.replicationMax(),
                        made.replicationDurable());
        write(path, bytes, over);
    }

    void write(String path, String text) {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] read(String path) {
        return read(path, ReadType.CACHE);
    }

    byte[] read(String path, ReadType type) {
        try (FileReader reader = engine.open(ROOT, path(path), type)) {
            ByteBuffer target = ByteBuffer.allocate((int) reader.length());
            reader.read(0, target);
            return target.array();
        }
    }

    FileStatus stat(String path) {
        return engine.stat(ROOT, path(path), MetadataLoad.ONCE);
    }

    boolean exists(String path) {
        return engine.exists(ROOT, path(path), MetadataLoad.ONCE);
    }

    void mkdir(String path) {
        engine.createDirectory(ROOT, path(path), options(WriteType.ASYNC_THROUGH));
    }

    void delete(String path) {
        engine.delete(ROOT, path(path), DeleteOptions.RECURSIVE);
    }

    void rename(String source, String target) {
        engine.rename(ROOT, path(source), path(target));
    }

    List<String> list(String path) {
        return list(path, FileEngine.ListOptions.DEFAULT);
    }

    List<String> list(String path, FileEngine.ListOptions options) {
        List<String> paths = new ArrayList<>();
        engine.list(ROOT, path(path), options, status -> paths.add(status.path().toString()));
        return paths;
    }

    int inMemoryPercentage(String path) {
        FileStatus status = stat(path);
        return status.length() == 0 ? 100 : (int) (status.lengthInMemory() * 100 / status.length());
    }

    /** Everything that is not as it should be, the bytes of blocks included. */
    static List<NamespaceCheck.Finding> findings(MetaStore meta, BlockStore blocks) {
        List<NamespaceCheck.Finding> findings = new ArrayList<>();
        NamespaceCheck.run(meta, blocks, true, findings::add);
        return findings;
    }

    /** How many rows are kept for snapshots. */
    static int kept(MetaStore meta) {
        List<byte[]> keys = new ArrayList<>();
        meta.visit(
                reader -> reader.scan(FileSpaces.KEPT, KeyRange.all(), (key, _) -> keys.add(key)));
        return keys.size();
    }

    /** Waits up to ten seconds. */
    static boolean eventually(BooleanSupplier condition) {
        Clock clock = Clock.system();
        long begin = clock.nanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() - begin > Duration.ofSeconds(10).toNanos()) {
                return false;
            }
            try {
                clock.sleep(Duration.ofMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        engine.close();
        arena.close();
    }
}
