package dev.forebay.understore.hadoop.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.testkit.ManualClock;
import dev.forebay.understore.SupportsAttributes;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreContract;
import dev.forebay.understore.UnderWriter;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every under store does, and what is particular to HDFS, through one of its schemes. */
abstract class RealPlaceContract extends UnderStoreContract {
    /** Entries that the name node gives at a time, so that few files make several pages. */
    static final String SMALL_PAGES = "dfs.ls.limit=20";

    private static final String DRAFT = ".forebay-0123456789abcdef0123456789abcdef";
    private static final Path FOLDER = new Path("/some/folder");

    /** Where the HDFS is. */
    protected abstract URI place();

    @Override
    protected int moreThanOnePage() {
        return 50;
    }

    @Override
    protected UnderStore openStore() {
        try (FileSystem there = hadoop()) {
            there.delete(FOLDER, true);
            there.mkdirs(FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(Map.of());
    }

    /** DFSUtilClient.isValidName: HDFS has no colons in names. */
    @Override
    protected boolean holds(String name) {
        return !name.contains(":");
    }

    private UnderStore open(Map<String, String> properties) {
        return open(FOLDER.toString(), properties, Clock.system());
    }

    private UnderStore open(String folder, Map<String, String> properties, Clock clock) {
        return new HadoopPlaces(clock, Randomness.secure()).open(place() + folder, properties);
    }

    /** Another client of the same HDFS. */
    private FileSystem hadoop() throws IOException {
        return FileSystem.newInstance(place(), new Configuration());
    }

    private static Path real(String name) {
        return new Path(FOLDER, name);
    }

    private void write(String name, String text) throws IOException {
        try (FileSystem there = hadoop();
                FSDataOutputStream stream = there.create(real(name), true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void missingFolderAndFileAreNotMounted() throws IOException {
        write("file", "x");
        for (String folder : List.of("/missing", FOLDER + "/file", FOLDER + "/file/below")) {
            assertThatThrownBy(() -> open(folder, Map.of(), Clock.system()))
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void changesByOthersChangeTheFingerprint() throws IOException {
        UnderStatus mine = put("/file", "one");
        write("file", "two");
        UnderStatus theirs = store().stat(path("/file")).orElseThrow();
        write("file", "two");

        assertThat(theirs.fingerprint()).isNotEqualTo(mine.fingerprint());
        assertThat(store().stat(path("/file")).orElseThrow().fingerprint())
                .isNotEqualTo(theirs.fingerprint());
        assertThat(content("/file")).isEqualTo("two");
    }

    @Test
    void othersSeeWhatIsWrittenAndWhoseItIs() throws IOException {
        put("/a/file", "hello");
        try (FileSystem there = hadoop()) {
            FileStatus status = there.getFileStatus(real("a/file"));
            assertThat(status.getLen()).isEqualTo(5);
            UnderStatus seen = store().stat(path("/a/file")).orElseThrow();
            assertThat(seen.owner()).isEqualTo(status.getOwner()).isNotEmpty();
            assertThat(seen.mode()).isEqualTo(0644);
        }
    }

    @Test
    void userOfTheMountIsWhoWrites() throws IOException {
        assertThat(setMode("/", 0777)).isTrue();
        try (UnderStore theirs = open(Map.of("user", "alice"))) {
            try (UnderWriter writer = theirs.create(path("/hers"))) {
                writer.commit();
            }
            assertThat(theirs.stat(path("/hers")).orElseThrow().owner()).isEqualTo("alice");
            assertThat(setMode("/", 0755)).isTrue();
            assertThatThrownBy(() -> theirs.createDirectories(path("/refused")))
                    .isInstanceOf(PermissionDenied.class);
            assertThat(
                            ((SupportsAttributes) theirs)
                                    .setAttributes(
                                            path("/hers"),
                                            Optional.of("bob"),
                                            Optional.empty(),
                                            Optional.of(0600)))
                    .isFalse();
            assertThat(theirs.stat(path("/hers")).orElseThrow().mode()).isEqualTo(0600);
        }
    }

    private boolean setMode(String path, int mode) {
        return ((SupportsAttributes) store())
                .setAttributes(path(path), Optional.empty(), Optional.empty(), Optional.of(mode));
    }

    @Test
    void hadoopPropertiesReachHadoop() throws IOException {
        for (String key : List.of("dfs.blocksize", "hadoop.dfs.blocksize")) {
            try (UnderStore small = open(Map.of(key, "2097152"));
                    FileSystem there = hadoop()) {
                try (UnderWriter writer = small.create(path("/small"))) {
                    writer.write(ByteBuffer.allocate(3 << 20));
                    writer.commit();
                }
                assertThat(there.getFileStatus(real("small")).getBlockSize()).isEqualTo(2 << 20);
            }
        }
    }

    @Test
    void nameThatIsNotUtf8IsInvalid() {
        FilePath file = FilePath.ROOT.child(Name.of(new byte[] {'a', (byte) 0xff}));

        assertThatThrownBy(() -> store().stat(file)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> store().create(file)).isInstanceOf(Invalid.class);
    }

    @Test
    void quotaIsTheEndOfTheSpace() throws IOException {
        try (FileSystem there = hadoop()) {
            there.setQuota(FOLDER, 3, Long.MAX_VALUE);
            put("/one", "x");
            assertThatThrownBy(() -> store().createDirectories(path("/two/three/four")))
                    .isInstanceOf(OutOfSpace.class);
            there.setQuota(FOLDER, Long.MAX_VALUE, Long.MAX_VALUE);
        }
    }

    @Test
    void draftsAreNeitherListedNorReached() throws IOException {
        write(DRAFT, "partial");

        assertThat(names("/")).isEmpty();
        assertThat(store().stat(path("/" + DRAFT))).isEmpty();
        assertThat(store().delete(path("/" + DRAFT))).isFalse();
        assertThatThrownBy(() -> put("/" + DRAFT, "x")).isInstanceOf(Invalid.class);
    }

    @Test
    void draftsDoNotKeepADirectoryFromBeingDeleted() throws IOException {
        write("below/" + DRAFT, "partial");
        write("below/file", "whole");
        assertThatThrownBy(() -> store().delete(path("/below"))).isInstanceOf(NotEmpty.class);
        assertThat(listed("below")).hasSize(2);

        store().delete(path("/below/file"));
        assertThat(store().delete(path("/below"))).isTrue();
        assertThat(store().stat(path("/below"))).isEmpty();
    }

    @Test
    void draftOfADayAgoIsDeletedUnlessItIsBeingWritten() throws IOException {
        write(DRAFT, "partial");
        Clock later = new ManualClock(Clock.system().millis() + Duration.ofHours(25).toMillis());
        try (UnderStore store = open(FOLDER.toString(), Map.of(), later);
                UnderWriter writer = store.create(path("/file"))) {
            assertThat(store.list(FilePath.ROOT)).isEmpty();
            assertThat(listed("")).hasSize(1).doesNotContain(DRAFT);
            writer.commit();
        }
        assertThat(listed("")).containsExactly("file");
    }

    @Test
    void abortedWriteLeavesNoFileBehind() throws IOException {
        try (UnderWriter writer = store().create(path("/a/b"))) {
            writer.write(ByteBuffer.allocate(1000));
        }

        assertThat(listed("")).isEmpty();
    }

    @Test
    void directBuffersAreWritten() throws IOException {
        byte[] content = Randomness.seeded(7).bytes(300_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
        try (UnderWriter writer = store().create(path("/direct"))) {
            writer.write(direct.asReadOnlyBuffer());
            writer.commit();
        }

        try (var stream = store().open(path("/direct"), new UnderStore.Range(0, 300_000))) {
            assertThat(stream.readAllBytes()).isEqualTo(content);
        }
    }

    private List<String> listed(String folder) throws IOException {
        try (FileSystem there = hadoop()) {
            Path path = folder.isEmpty() ? FOLDER : real(folder);
            return Arrays.stream(there.listStatus(path))
                    .map(status -> status.getPath().getName())
                    .toList();
        }
    }
}
