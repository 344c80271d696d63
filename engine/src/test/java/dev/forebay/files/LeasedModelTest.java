package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.eventually;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;
import dev.forebay.understore.MemoryUnderStoreFactory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Random writing under leases at random offsets, beside plain byte arrays: append, flush, sync,
 * abandoned blocks, truncate, concat, renames over files, restarts, natively and below a mount.
 */
class LeasedModelTest {
    private static final int STEPS = 150;
    private static final int FILES_MAX = 6;
    private static final int WRITE_MAX = 90_000;

    @SeededTest
    void nativeFilesHaveWhatWasWritten(long seed) {
        new Run(seed, "/n/").run();
    }

    @SeededTest
    void mountedFilesHaveWhatWasWritten(long seed) {
        new Run(seed, "/m/").run();
    }

    /** A file being written. */
    private static final class Open {
        final LeasedWriter writer;

        /** What was there before this writer; empty for a new file. */
        final Optional<byte[]> before;

        byte[] written;
        int visible;
        int durable;
        int blockStart;
        boolean shown;

        Open(LeasedWriter writer, Optional<byte[]> before) {
            this.writer = writer;
            this.before = before;
            this.written = before.orElse(new byte[0]);
            this.blockStart = written.length;
            this.visible = written.length;
            this.durable = written.length;
        }
    }

    private static final class Run {
        private final Generator generator;
        private final String folder;
        private final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        private final FaultyDisk disk = new FaultyDisk();
        private final Map<String, byte[]> complete = new TreeMap<>();
        private final Map<String, Open> open = new TreeMap<>();
        private DiskBlockStore blocks = DiskBlockStore.open(disk, Path.of("/blocks"));
        private final MemoryUnderStoreFactory places = EngineFixture.places();
        private EngineFixture files = EngineFixture.over(meta, blocks, places);

        Run(long seed, String folder) {
            this.generator = new Generator(seed);
            this.folder = folder;
            if (folder.equals("/m/")) {
                files.mount("/m", "place", false);
            } else {
                files.mkdir("/n");
                files.countQuota("/n");
            }
        }

        void run() {
            try {
                for (int i = 0; i < STEPS; i++) {
                    step();
                }
                List.copyOf(open.keySet()).forEach(this::close);
                complete.keySet().forEach(this::compare);
                assertThat(files.list(folder)).hasSize(complete.size());
                settle();
            } finally {
                files.close();
            }
        }

        /** Nothing is damaged, and nothing stays that no file refers to. */
        private void settle() {
            assertThat(eventually(() -> findings().isEmpty()))
                    .as("findings %s", findings())
                    .isTrue();
        }

        private List<NamespaceCheck.Finding> findings() {
            return EngineFixture.findings(meta, blocks);
        }

        private void step() {
            switch (generator.weighted(10, 10, 25, 10, 6, 8, 5, 4, 8, 5, 6, 3, 10, 3, 5)) {
                case 0 -> create();
                case 1 -> append();
                case 2 -> anyOpen().ifPresent(this::write);
                case 3 -> anyOpen().ifPresent(this::flush);
                case 4 -> anyOpen().ifPresent(this::sync);
                case 5 -> anyOpen().ifPresent(this::close);
                case 6 -> anyOpen().ifPresent(this::nextBlock);
                case 7 -> anyOpen().ifPresent(this::abandonBlock);
                case 8 -> anyComplete().ifPresent(this::truncate);
                case 9 -> anyComplete().ifPresent(this::concat);
                case 10 -> anyComplete().ifPresent(this::replace);
                case 11 -> anyOpen().ifPresent(this::abort);
                case 12 -> read();
                case 13 -> restart();
                default -> setPolicy();
            }
        }

        /** Of the directory or of a file, also of one being written. */
        private void setPolicy() {
            String whole = folder.substring(0, folder.length() - 1);
            String name =
                    generator.chance(50) ? whole : anyOpen().or(this::anyComplete).orElse(whole);
            files.policy(
                    name,
                    generator.pick(
                            List.of(
                                    StoragePolicy.HOT,
                                    StoragePolicy.ONE_SSD,
                                    StoragePolicy.ALL_SSD)));
            files.engine.setReplication(ROOT, path(name), generator.between(1, 3));
        }

        private Open opened(String name) {
            return Objects.requireNonNull(open.get(name), name);
        }

        private byte[] bytesOf(String name) {
            return Objects.requireNonNull(complete.get(name), name);
        }

        private Optional<String> anyOpen() {
            return open.isEmpty()
                    ? Optional.empty()
                    : Optional.of(generator.pick(List.copyOf(open.keySet())));
        }

        private Optional<String> anyComplete() {
            return complete.isEmpty()
                    ? Optional.empty()
                    : Optional.of(generator.pick(List.copyOf(complete.keySet())));
        }

        private void create() {
            String name = folder + generator.between(1, FILES_MAX);
            if (!complete.containsKey(name) && !open.containsKey(name)) {
                LeasedWriter writer =
                        files.engine.create(ROOT, path(name), CreateOptions.DEFAULT, name);
                open.put(name, new Open(writer, Optional.empty()));
            }
        }

        private void append() {
            anyComplete()
                    .ifPresent(
                            name -> {
                                LeasedWriter writer = files.engine.append(ROOT, path(name), name);
                                byte[] before = bytesOf(name);
                                complete.remove(name);
                                assertThat(writer.position()).isEqualTo(before.length);
                                open.put(name, new Open(writer, Optional.of(before)));
                                compareVisible(name);
                            });
        }

        private void write(String name) {
            Open file = opened(name);
            int length = generator.chance(40) ? generator.between(0, 3000) : WRITE_MAX;
            byte[] bytes = generator.bytes(generator.between(0, length));
            file.writer.write(ByteBuffer.wrap(bytes));
            int from = file.written.length;
            file.written = Arrays.copyOf(file.written, from + bytes.length);
            System.arraycopy(bytes, 0, file.written, from, bytes.length);
            assertThat(file.writer.position()).isEqualTo(file.written.length);
        }

        private void flush(String name) {
            Open file = opened(name);
            file.writer.flush();
            file.visible = file.written.length;
            file.shown = true;
            compareVisible(name);
        }

        private void sync(String name) {
            Open file = opened(name);
            file.writer.sync();
            file.visible = file.written.length;
            file.durable = file.written.length;
            file.shown = true;
            compareVisible(name);
        }

        private void close(String name) {
            Open file = opened(name);
            open.remove(name);
            if (generator.chance(20)) {
                files.engine.recoverLease(ROOT, path(name));
            } else {
                file.writer.close();
            }
            complete.put(name, file.written);
            compare(name);
        }

        private void nextBlock(String name) {
            Open file = opened(name);
            file.writer.nextBlock();
            file.blockStart = file.written.length;
        }

        private void abandonBlock(String name) {
            Open file = opened(name);
            if (file.visible > file.blockStart || file.durable > file.blockStart) {
                // clients abandon blocks that nobody has seen yet
                return;
            }
            file.writer.abandonBlock();
            file.written = Arrays.copyOf(file.written, file.blockStart);
            assertThat(file.writer.position()).isEqualTo(file.blockStart);
            if (file.shown) {
                // readers are shown the rest at its new place, all of it
                file.visible = (int) files.stat(name).length();
                assertThat(file.visible).isLessThanOrEqualTo(file.blockStart);
            }
        }

        private void truncate(String name) {
            byte[] bytes = bytesOf(name);
            int length = generator.between(0, bytes.length);
            files.engine.truncate(ROOT, path(name), length);
            complete.put(name, Arrays.copyOf(bytes, length));
            compare(name);
        }

        private void concat(String name) {
            Optional<String> other = anyComplete();
            boolean fits =
                    folder.equals("/n/")
                            && !other.orElseThrow().equals(name)
                            && bytesOf(other.get()).length > 0;
            if (fits) {
                files.engine.concat(ROOT, path(name), List.of(path(other.get())));
                byte[] added = bytesOf(other.get());
                complete.remove(other.get());
                byte[] bytes = bytesOf(name);
                byte[] all = Arrays.copyOf(bytes, bytes.length + added.length);
                System.arraycopy(added, 0, all, bytes.length, added.length);
                complete.put(name, all);
                compare(name);
                assertThat(files.exists(other.get())).isFalse();
            }
        }

        private void replace(String name) {
            String target = folder + generator.between(1, FILES_MAX);
            if (!target.equals(name) && !open.containsKey(target)) {
                files.engine.replace(ROOT, path(name), path(target));
                complete.put(target, bytesOf(name));
                complete.remove(name);
                compare(target);
                assertThat(files.exists(name)).isFalse();
            }
        }

        private void abort(String name) {
            Open file = opened(name);
            if (file.durable > file.before.map(bytes -> bytes.length).orElse(0)) {
                return;
            }
            open.remove(name);
            file.writer.abort();
            file.before.ifPresent(bytes -> complete.put(name, bytes));
            assertThat(files.exists(name)).isEqualTo(file.before.isPresent());
            if (file.before.isPresent()) {
                compare(name);
            }
        }

        private void read() {
            anyComplete().ifPresent(this::readSomewhere);
            anyOpen().ifPresent(this::compareVisible);
        }

        private void readSomewhere(String name) {
            byte[] bytes = bytesOf(name);
            ReadType type = generator.chance(50) ? ReadType.CACHE : ReadType.NO_CACHE;
            try (FileReader reader = files.engine.open(ROOT, path(name), type)) {
                int from = generator.between(0, bytes.length);
                ByteBuffer target = ByteBuffer.allocate(generator.between(0, WRITE_MAX));
                int count = reader.read(from, target);
                int to = Math.min(bytes.length, from + target.capacity());
                assertThat(count).isEqualTo(to - from);
                assertThat(Arrays.copyOf(target.array(), count))
                        .isEqualTo(Arrays.copyOfRange(bytes, from, to));
            }
        }

        private void compare(String name) {
            byte[] bytes = bytesOf(name);
            FileStatus status = files.stat(name);
            assertThat(status.completed()).isTrue();
            assertThat(status.length()).isEqualTo(bytes.length);
            assertThat(files.read(name)).isEqualTo(bytes);
            if (folder.equals("/n/")) {
                compareBlocks(status, bytes);
            }
        }

        private void compareBlocks(FileStatus status, byte[] bytes) {
            long position = 0;
            for (FileStatus.Block block : status.blocks()) {
                assertThat(block.offset()).isEqualTo(position);
                try (FileReader reader = files.engine.openBlock(block.id())) {
                    assertThat(reader.length()).isEqualTo(block.length());
                    ByteBuffer target = ByteBuffer.allocate((int) block.length());
                    reader.read(0, target);
                    position += block.length();
                    assertThat(target.array())
                            .isEqualTo(
                                    Arrays.copyOfRange(
                                            bytes, (int) block.offset(), (int) position));
                }
            }
            assertThat(position).isEqualTo(bytes.length);
        }

        /** Readers see at least what was flushed, and nothing else than what was written. */
        private void compareVisible(String name) {
            Open file = opened(name);
            if (!file.shown && file.before.isEmpty()) {
                return;
            }
            assertThat(files.stat(name).length()).isEqualTo(file.visible);
            assertThat(files.read(name)).isEqualTo(Arrays.copyOf(file.written, file.visible));
        }

        /** The node stops in order: what was flushed is there; what was not may be or not. */
        private void restart() {
            files.close();
            blocks.close();
            blocks = DiskBlockStore.open(disk, Path.of("/blocks"));
            files = EngineFixture.over(meta, blocks, places);
            for (Map.Entry<String, Open> each : open.entrySet()) {
                String name = each.getKey();
                Open file = each.getValue();
                if (generator.chance(50)) {
                    files.engine.recoverLease(ROOT, path(name));
                }
                assertThat(eventually(() -> files.stat(name).completed())).isTrue();
                byte[] bytes = files.read(name);
                assertThat(bytes.length).isGreaterThanOrEqualTo(file.visible);
                assertThat(bytes).isEqualTo(Arrays.copyOf(file.written, bytes.length));
                complete.put(name, bytes);
            }
            open.clear();
            for (String name : complete.keySet()) {
                compare(name);
                assertThat(files.stat(name).persistence()).isNotEqualTo(PersistenceState.LOST);
            }
        }
    }
}
