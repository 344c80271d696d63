package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;
import static dev.forebay.files.EngineFixture.ttl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Space;
import dev.forebay.understore.MemoryUnderStoreFactory;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * More work than one batch of the maintenance holds, where the first batch cannot be done yet: what
 * comes behind it is done all the same.
 */
class MaintenanceTest {
    private static final int COUNT = 2_500;
    private static final int STAY = 1_200;

    private final MetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
    private final MemoryBlockStore blocks = new MemoryBlockStore(128 << 20);
    private final MemoryUnderStoreFactory memory = EngineFixture.places();
    private final FlakyPlaces places = new FlakyPlaces(memory);

    private EngineFixture open() {
        return EngineFixture.over(meta, blocks, memory, places);
    }

    private int rows(Space space) {
        List<byte[]> keys = new ArrayList<>();
        meta.visit(
                reader -> {
                    reader.scan(space, KeyRange.all(), (key, _) -> keys.add(key));
                });
        return keys.size();
    }

    private int blockCount() {
        List<Object> found = new ArrayList<>();
        blocks.list(found::add);
        return found.size();
    }

    @Test
    void blocksOfDeletedFilesGoBehindThoseStillRead() {
        try (EngineFixture files = open()) {
            List<FileReader> readers = new ArrayList<>();
            for (int i = 0; i < STAY; i++) {
                writeLarge(files, "/read/" + i);
                readers.add(files.engine.open(ROOT, path("/read/" + i), ReadType.NO_CACHE));
            }
            files.delete("/read");
            for (int i = STAY; i < COUNT; i++) {
                writeLarge(files, "/idle/" + i);
                files.delete("/idle/" + i);
            }
            assertThat(eventually(() -> rows(FileSpaces.BLOCK_DELETE) == STAY)).isTrue();
            assertThat(blockCount()).isEqualTo(STAY);
            readers.forEach(FileReader::close);
            assertThat(eventually(() -> rows(FileSpaces.BLOCK_DELETE) == 0)).isTrue();
            assertThat(blockCount()).isZero();
        }
    }

    /** A file that is too large for the metadata store. */
    private static void writeLarge(EngineFixture files, String path) {
        files.write(path, pattern(5_000), options(WriteType.THROUGH));
    }

    @Test
    void timesToLiveEndBehindThoseThatMustWait() {
        try (EngineFixture files = open()) {
            files.mount("/m", "m", false);
            long due = Duration.ofSeconds(1).toMillis();
            for (int i = 0; i < COUNT; i++) {
                String folder = i < STAY ? "/m/" : "/n/";
                files.write(folder + i, new byte[1], ttl(due, TtlAction.DELETE));
            }
            places.takeDown("m");
            assertThat(eventually(() -> files.list("/n").isEmpty())).isTrue();
            places.bringBack("m");
            assertThat(eventually(() -> rows(FileSpaces.TTL) == 0)).isTrue();
        }
    }

    @Test
    void incompleteFilesGoBehindLeasesThatStay() {
        List<Long> stale = new ArrayList<>();
        try (EngineFixture files = open()) {
            for (int i = 0; i < STAY; i++) {
                FileWriter writer = create(files, "/stale");
                stale.add(files.stat("/stale").id().value());
                writer.abort();
            }
            for (int i = 0; i < COUNT; i++) {
                create(files, "/d/" + i);
            }
        }
        // leases that no file has any more stand for those that cannot end
        meta.update(
                tx ->
                        stale.forEach(
                                id ->
                                        tx.put(
                                                FileSpaces.LEASE,
                                                FileSpaces.key(id),
                                                FileSpaces.EMPTY)));
        try (HeapArena arena = HeapArena.open(ArenaOptions.of(1 << 20));
                NodeFileEngine later = openWithoutPatience(arena)) {
            assertThat(eventually(() -> rows(FileSpaces.LEASE) == STAY)).isTrue();
            assertThat(later.openFiles()).isZero();
        }
    }

    private static FileWriter create(EngineFixture files, String path) {
        return files.engine.create(ROOT, path(path), options(WriteType.THROUGH));
    }

    private NodeFileEngine openWithoutPatience(HeapArena arena) {
        FilesConfig usual = EngineFixture.config();
        FilesConfig config =
                new FilesConfig(
                        usual.blockSize(),
                        usual.smallFileMax(),
                        usual.writeType(),
                        usual.ttlCheckInterval(),
                        Duration.ZERO,
                        usual.leaseSoftLimit(),
                        usual.leaseHardLimit(),
                        usual.persistThreads());
        return NodeFileEngine.open(
                new NodeFileEngine.Stores(meta, blocks, arena, List.of(places)),
                config,
                Clock.system(),
                ROOT);
    }
}
