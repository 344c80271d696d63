package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.options;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Lost;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Random calls to the engine, reopened now and then, against {@link FileModel}. */
class FileModelTest {
    private static final int STEPS = 200;
    private static final long[] BLOCK_SIZES = {1, 7, 4_096, 65_536};
    private static final int[] LENGTHS = {0, 1, 4_095, 4_096, 4_097, 65_535, 65_536, 65_537};

    /** Blocks of one file, so that tiny ones do not take all the time. */
    private static final int BLOCKS_MAX = 40;

    @SeededTest
    void engineDoesWhatTheModelDoes(long seed) {
        Run run = new Run(seed);
        try {
            for (int i = 0; i < STEPS; i++) {
                run.step();
            }
            run.compareAll();
        } finally {
            run.files.close();
        }
        run.requireSound();
    }

    private static final class Run {
        private final Generator generator;
        private final FileModel model = new FileModel();
        private final MemoryMetaStore meta = new MemoryMetaStore(FileSpaces.all(), Clock.system());
        private final MemoryBlockStore blocks = new MemoryBlockStore(256 << 20);
        private EngineFixture files = EngineFixture.over(meta, blocks);

        Run(long seed) {
            generator = new Generator(seed);
            files.countQuota("/");
        }

        void step() {
            switch (generator.weighted(30, 25, 8, 10, 10, 6, 5, 4, 2, 8)) {
                case 0 -> write(path(3));
                case 1 -> read(path(3));
                case 2 -> mkdir(path(3));
                case 3 -> delete(path(3), generator.chance(50));
                case 4 -> rename(path(3), path(3));
                case 5 -> list(generator.chance(20) ? "/" : path(2));
                case 6 -> free(path(2));
                case 7 -> setAttributes(path(3));
                case 8 -> reopen();
                default -> setPolicy(generator.chance(20) ? "/" : path(3));
            }
        }

        private String path(int depthMax) {
            int depth = generator.between(1, depthMax);
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < depth; i++) {
                path.append('/').append((char) ('a' + generator.between(0, 3)));
            }
            return path.toString();
        }

        /** The call must fail exactly when the model says so. Returns whether it did not. */
        private static boolean runs(boolean expected, String what, Runnable call) {
            try {
                call.run();
            } catch (ForebayException e) {
                assertThat(expected).as("%s failed with %s", what, e).isFalse();
                return false;
            }
            assertThat(expected).as("%s did not fail", what).isTrue();
            return true;
        }

        private void write(String path) {
            WriteType type = generator.pick(List.of(WriteType.values()));
            long blockSize = BLOCK_SIZES[generator.between(0, BLOCK_SIZES.length - 1)];
            int length =
                    generator.chance(50)
                            ? LENGTHS[generator.between(0, LENGTHS.length - 1)]
                            : generator.length(200_000, (int) blockSize);
            byte[] bytes = pattern((int) Math.min(length, blockSize * BLOCKS_MAX));
            bytes = generator.chance(30) ? generator.bytes(bytes.length) : bytes;
            byte[] content = bytes;
            CreateOptions options = withBlockSize(options(type), blockSize);
            if (runs(
                    model.canCreate(path),
                    "write " + path,
                    () -> files.write(path, content, options))) {
                model.write(path, content, type == WriteType.MUST_CACHE);
                assertThat(files.stat(path).length()).isEqualTo(content.length);
            }
        }

        private static CreateOptions withBlockSize(CreateOptions options, long blockSize) {
            return new CreateOptions(
                    options.recursive(),
                    options.allowExists(),
                    options.mode(),
                    options.writeType(),
                    options.ttl(),
                    OptionalLong.of(blockSize),
                    options.replicationMin(),
                    options.replicationMax(),
                    options.replicationDurable());
        }

        private void read(String path) {
            ReadType type = generator.pick(List.of(ReadType.values()));
            if (model.isLost(path)) {
                assertThatThrownBy(() -> files.read(path, type)).isInstanceOf(Lost.class);
                return;
            }
            Optional<byte[]> expected = model.content(path);
            if (!runs(expected.isPresent(), "read " + path, () -> files.read(path, type))) {
                return;
            }
            byte[] bytes = expected.orElseThrow();
            int from = generator.between(0, bytes.length);
            int length = generator.between(0, bytes.length);
            ByteBuffer target = ByteBuffer.allocate(length);
            try (FileReader reader = files.engine.open(ROOT, EngineFixture.path(path), type)) {
                int count = reader.read(from, target);
                int end = Math.min(bytes.length, from + length);
                assertThat(count).isEqualTo(end - from);
                assertThat(Arrays.copyOf(target.array(), count))
                        .isEqualTo(Arrays.copyOfRange(bytes, from, end));
            }
        }

        private void mkdir(String path) {
            boolean allowed = model.canCreate(path);
            if (runs(allowed, "mkdir " + path, () -> files.mkdir(path))) {
                model.makeDirectory(path);
                if (generator.chance(50)) {
                    files.countQuota(path);
                }
            }
        }

        private void delete(String path, boolean recursive) {
            boolean allowed = model.exists(path) && (recursive || model.below(path).isEmpty());
            DeleteOptions options = recursive ? DeleteOptions.RECURSIVE : DeleteOptions.DEFAULT;
            if (runs(
                    allowed,
                    "delete " + path,
                    () -> files.engine.delete(ROOT, EngineFixture.path(path), options))) {
                model.delete(path);
            }
        }

        private void rename(String source, String target) {
            boolean allowed = model.canRename(source, target);
            if (runs(
                    allowed,
                    "rename " + source + " " + target,
                    () -> files.rename(source, target))) {
                model.rename(source, target);
            }
        }

        private void list(String path) {
            if (!model.exists(path)) {
                assertThat(files.exists(path)).isFalse();
            } else if (!model.isDirectory(path)) {
                assertThat(files.list(path)).containsExactly(path);
            } else {
                assertThat(files.list(path)).containsExactlyElementsOf(model.children(path));
                var recursive = new FileEngine.ListOptions(true, MetadataLoad.ONCE);
                List<String> listed = files.list(path, recursive);
                assertThat(listed).containsExactlyInAnyOrderElementsOf(model.below(path));
                assertThat(listed)
                        .allSatisfy(
                                each ->
                                        assertThat(listed.indexOf(FileModel.parent(each)))
                                                .isLessThan(listed.indexOf(each)));
            }
        }

        private void free(String path) {
            boolean allowed = model.exists(path) && !model.holdsUnpersisted(path);
            runs(
                    allowed,
                    "free " + path,
                    () ->
                            files.engine.free(
                                    ROOT,
                                    EngineFixture.path(path),
                                    new FileEngine.FreeOptions(true, true)));
        }

        private void setAttributes(String path) {
            int mode = generator.between(0, 0777);
            boolean pinned = generator.chance(50);
            AttributeChange none = AttributeChange.NONE;
            AttributeChange change =
                    new AttributeChange(
                            none.owner(),
                            none.group(),
                            OptionalInt.of(mode),
                            Optional.of(pinned),
                            none.ttlMillis(),
                            none.ttlAction(),
                            none.replicationMin(),
                            none.replicationMax(),
                            none.persisted(),
                            none.accessedMillis(),
                            none.modifiedMillis(),
                            false);
            if (runs(
                    model.exists(path),
                    "set " + path,
                    () -> files.engine.setAttributes(ROOT, EngineFixture.path(path), change))) {
                assertThat(files.stat(path).access().mode()).isEqualTo(mode);
                assertThat(files.stat(path).pinned()).isEqualTo(pinned);
            }
        }

        /** What quotas count by it is compared in the end. */
        private void setPolicy(String path) {
            List<StoragePolicy> all = new ArrayList<>(List.of(StoragePolicy.values()));
            all.remove(StoragePolicy.LAZY_PERSIST);
            Optional<StoragePolicy> policy =
                    generator.chance(30) ? Optional.empty() : Optional.of(generator.pick(all));
            boolean set =
                    runs(
                            path.equals("/") || model.exists(path),
                            "policy " + path,
                            () ->
                                    files.engine.setStoragePolicy(
                                            ROOT, EngineFixture.path(path), policy));
            if (set) {
                files.engine.setReplication(
                        ROOT, EngineFixture.path(path), generator.between(1, 3));
            }
            if (set && policy.isPresent()) {
                assertThat(files.stat(path).layout().policy()).isEqualTo(policy);
            }
        }

        private void reopen() {
            files.close();
            files = EngineFixture.over(meta, blocks);
            model.loseMemory();
        }

        void compareAll() {
            list("/");
            for (String path : model.below("/")) {
                FileStatus status = files.stat(path);
                assertThat(status.directory()).isEqualTo(model.isDirectory(path));
                boolean lost = status.persistence() == PersistenceState.LOST;
                assertThat(lost).as(path).isEqualTo(model.isLost(path));
                model.content(path)
                        .filter(_ -> !lost)
                        .ifPresent(bytes -> assertThat(files.read(path)).isEqualTo(bytes));
            }
        }

        /** The stores agree with each other; what was in memory only is gone with the engine. */
        void requireSound() {
            List<NamespaceCheck.Finding> findings = EngineFixture.findings(meta, blocks);
            Set<String> subjects = new HashSet<>();
            findings.stream()
                    .filter(found -> found.severity() == NamespaceCheck.Severity.DAMAGE)
                    .forEach(found -> subjects.add(found.subject()));
            model.loseMemory();
            assertThat(subjects).isEqualTo(model.lost());
        }
    }
}
