package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.ListOptions;
import dev.forebay.client.Mode;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@link FileClient} promises, the same over every wire and without one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FileClientContract {
    /** For local files and data. */
    Path folder;

    /** A directory of this test alone. */
    private String root = "/";

    /** The client under test. */
    abstract FileClient files();

    @BeforeAll
    void keepFolder(@TempDir Path temporary) {
        folder = temporary;
    }

    @BeforeEach
    void makeRoot(TestInfo test) {
        root = "/" + test.getTestMethod().orElseThrow().getName();
        files().createDirectory(root);
    }

    /** A path of this test. */
    final String at(String name) {
        return root + "/" + name;
    }

    final void write(String path, String text) {
        write(path, text, CreateOptions.DEFAULT);
    }

    final void write(String path, String text, CreateOptions options) {
        try (FileWriter writer = files().create(path, options)) {
            writer.write(bytes(text));
            assertThat(writer.position()).isEqualTo(bytes(text).remaining());
        }
    }

    final String read(String path) {
        try (FileReader reader = files().open(path)) {
            ByteBuffer target = ByteBuffer.allocate((int) reader.length());
            reader.readAt(0, target);
            return new String(target.array(), StandardCharsets.UTF_8);
        }
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    final List<String> listed(String path, ListOptions options) {
        try (Stream<FileStatus> all = files().list(path, options)) {
            return all.map(FileStatus::path).toList();
        }
    }

    @Test
    void writtenFilesAreReadAndDescribed() {
        String path = at("file");
        write(
                path,
                "0123456789",
                CreateOptions.DEFAULT
                        .withMode(Mode.of(0640))
                        .withBlockSize(4)
                        .withTtl(3_600_000, TtlAction.FREE)
                        .withWriteType(WriteType.CACHE_THROUGH));

        FileStatus status = files().stat(path);

        assertThat(read(path)).isEqualTo("0123456789");
        assertThat(status.name()).isEqualTo("file");
        assertThat(status.file()).isTrue();
        assertThat(status.completed()).isTrue();
        assertThat(status.length()).isEqualTo(10);
        assertThat(status.access().mode()).isEqualTo(Mode.of(0640));
        assertThat(status.layout().blockSize()).isEqualTo(4);
        assertThat(status.layout().blocks()).hasSize(3);
        assertThat(status.layout().blockIds()).hasSize(3);
        assertThat(status.ttl().millis()).isEqualTo(3_600_000);
        assertThat(status.ttl().action()).isEqualTo(TtlAction.FREE);
        assertThat(status.storage().persisted()).isTrue();
        assertThat(status.times().modified()).isGreaterThanOrEqualTo(status.times().created());
        assertThat(files().stat(path, MetadataLoad.ALWAYS)).isEqualTo(status);
    }

    @Test
    void readersSeekAndReadAnywhere() throws IOException {
        String path = at("file");
        write(path, "0123456789");
        try (FileReader reader = files().open(path)) {
            ByteBuffer three = ByteBuffer.allocate(3);
            assertThat(reader.readAt(8, three)).isEqualTo(2);
            assertThat(reader.readAt(10, ByteBuffer.allocate(1))).isZero();
            assertThat(reader.position()).isZero();
            reader.seek(7);
            ByteBuffer rest = ByteBuffer.allocate(3);
            while (rest.hasRemaining()) {
                assertThat(reader.read(rest)).isPositive();
            }
            assertThat(reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(reader.position()).isEqualTo(10);
            assertThat(reader.length()).isEqualTo(10);
            assertThatThrownBy(() -> reader.seek(-1))
                    .isInstanceOf(FilesException.InvalidArgument.class);
            assertThatThrownBy(() -> reader.readAt(-1, three))
                    .isInstanceOf(FilesException.InvalidArgument.class);
            reader.seek(1_000_000);
            assertThat(reader.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        try (InputStream stream = files().open(path).asInputStream()) {
            assertThat(stream.readAllBytes()).asString().isEqualTo("0123456789");
        }
        try (var channel = files().open(path).asChannel()) {
            assertThat(channel.position(4).read(ByteBuffer.allocate(1))).isEqualTo(1);
            assertThat(channel.size()).isEqualTo(10);
        }
    }

    @Test
    void streamsAndChannelsWrite() throws IOException {
        try (OutputStream stream = files().create(at("stream")).asOutputStream()) {
            stream.write('a');
            stream.write("bc".getBytes(StandardCharsets.UTF_8));
        }
        try (var channel = files().create(at("channel")).asChannel()) {
            channel.write(bytes("def"));
        }
        files().create(at("empty")).close();

        assertThat(read(at("stream"))).isEqualTo("abc");
        assertThat(read(at("channel"))).isEqualTo("def");
        assertThat(files().stat(at("empty")).length()).isZero();
    }

    @Test
    void abortedFilesAreGone() {
        FileWriter writer = files().create(at("file"));
        writer.write(bytes("half"));
        assertThat(files().stat(at("file")).completed()).isFalse();
        assertThatThrownBy(() -> read(at("file"))).isInstanceOf(FilesException.Unknown.class);
        writer.abort();
        writer.close();

        assertThat(files().find(at("file"))).isEmpty();
    }

    @Test
    void createNeedsAFreeNameAndAParent() {
        write(at("file"), "old");

        assertThatThrownBy(() -> files().create(at("file")))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files().create(at("no/file")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().create(at("file/below")))
                .isInstanceOf(FilesException.InvalidArgument.class);
        write(at("file"), "new", CreateOptions.DEFAULT.withOverwrite(true));
        write(at("made/file"), "x", CreateOptions.DEFAULT.withRecursive(true));
        assertThat(read(at("file"))).isEqualTo("new");
        assertThat(read(at("made/file"))).isEqualTo("x");
    }

    @Test
    void whatIsMissingIsNotFound() {
        String path = at("none");

        assertThat(files().find(path)).isEmpty();
        assertThatThrownBy(() -> files().stat(path)).isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> read(path)).isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().delete(path)).isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().rename(path, at("other")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> listed(path, ListOptions.DEFAULT))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> files().setAttributes(path, AttributeChange.NONE.withPinned(true)))
                .isInstanceOf(FilesException.NotFound.class);
    }

    @Test
    void malformedPathsAreRefused() {
        for (String path : List.of("relative", at(".."), at("nul\0"), at("n".repeat(256)))) {
            assertThatThrownBy(() -> files().stat(path))
                    .as(path)
                    .isInstanceOf(FilesException.InvalidArgument.class);
            assertThatThrownBy(() -> files().find(path))
                    .as(path)
                    .isInstanceOf(FilesException.InvalidArgument.class);
            assertThatThrownBy(() -> files().create(path))
                    .as(path)
                    .isInstanceOf(FilesException.InvalidArgument.class);
        }
        write(at("file"), "x");
        assertThat(files().find(at("file/below"))).isEmpty();
    }

    @Test
    void directoriesAreMadeOnceAndNeedTheirParent() {
        files().createDirectory(at("d"), CreateDirectoryOptions.DEFAULT.withMode(Mode.of(0700)));

        assertThat(files().stat(at("d")).access().mode()).isEqualTo(Mode.of(0700));
        assertThatThrownBy(() -> files().createDirectory(at("d")))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files().createDirectory(at("x/y")))
                .isInstanceOf(FilesException.NotFound.class);
        files().createDirectory(at("x/y"), CreateDirectoryOptions.RECURSIVE);
        files().createDirectory(at("x/y"), CreateDirectoryOptions.RECURSIVE);
        assertThat(files().stat(at("x/y")).directory()).isTrue();
        assertThatThrownBy(() -> read(at("d"))).isInstanceOf(FilesException.Unknown.class);
    }

    @Test
    void listingsAndWalksAreOrdered() {
        files().createDirectory(at("d/e"), CreateDirectoryOptions.RECURSIVE);
        write(at("d/e/3"), "x");
        write(at("d/2"), "x");
        write(at("1"), "x");

        assertThat(listed(at(""), ListOptions.DEFAULT)).containsExactly(at("1"), at("d"));
        assertThat(listed(at("1"), ListOptions.DEFAULT)).containsExactly(at("1"));
        assertThat(listed(at(""), ListOptions.RECURSIVE))
                .containsExactlyInAnyOrder(at("1"), at("d"), at("d/2"), at("d/e"), at("d/e/3"));
        try (Stream<FileStatus> walked = files().walk(at(""))) {
            assertThat(walked.map(FileStatus::path))
                    .containsExactly(at("1"), at("d"), at("d/2"), at("d/e"), at("d/e/3"));
        }
    }

    @Test
    void deleteAsksForRecursionAndRenameNeverReplaces() {
        files().createDirectory(at("d"));
        write(at("d/file"), "x");
        write(at("other"), "y");

        assertThatThrownBy(() -> files().delete(at("d")))
                .isInstanceOf(FilesException.FailedPrecondition.class);
        assertThatThrownBy(() -> files().rename(at("other"), at("d/file")))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> files().rename(at("d"), at("d/below")))
                .isInstanceOf(FilesException.InvalidArgument.class);
        files().rename(at("d"), at("e"));
        assertThat(read(at("e/file"))).isEqualTo("x");
        files().delete(at("e"), DeleteOptions.RECURSIVE);
        files().delete(at("other"));
        assertThat(listed(at(""), ListOptions.DEFAULT)).isEmpty();
    }

    @Test
    void attributesChange() {
        files().createDirectory(at("d"));
        write(at("d/file"), "x");
        files().setAttributes(
                        at("d"),
                        AttributeChange.NONE
                                .withMode(Mode.of(0750))
                                .withOwner("someone")
                                .withGroup("some")
                                .withRecursive(true));
        files().setAttributes(
                        at("d/file"),
                        AttributeChange.NONE
                                .withTtlMillis(7_200_000)
                                .withTtlAction(TtlAction.DELETE));

        FileStatus status = files().stat(at("d/file"));

        assertThat(status.access())
                .isEqualTo(new FileStatus.Access("someone", "some", Mode.of(0750)));
        assertThat(status.ttl().millis()).isEqualTo(7_200_000);
        assertThat(status.ttl().action()).isEqualTo(TtlAction.DELETE);
    }

    @Test
    void everyNameComesBack() {
        List<String> names =
                List.of(
                        "a b",
                        "%41",
                        "a+b;c?d#e",
                        "\u00fc\u2603\uD83D\uDE00",
                        "x\udcff\udc80",
                        "\"\\\n");
        names.forEach(name -> write(at(name), name.length() + ""));

        assertThat(listed(at(""), ListOptions.DEFAULT))
                .containsExactlyInAnyOrderElementsOf(names.stream().map(this::at).toList());
        names.forEach(name -> assertThat(files().stat(at(name)).name()).isEqualTo(name));
        names.forEach(name -> assertThat(read(at(name))).isEqualTo(name.length() + ""));
        files().rename(at("x\udcff\udc80"), at("y\udcfe"));
        files().delete(at("y\udcfe"));
        assertThat(files().find(at("y\udcfe"))).isEmpty();
    }

    @Test
    void whatIsNotPossibleIsSaid() {
        assertThatThrownBy(() -> files().append(at("file")))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(() -> files().as(Runnable.class))
                .isInstanceOf(FilesException.Unimplemented.class);
        try (FileWriter writer = files().create(at("file"))) {
            assertThatThrownBy(writer::hflush).isInstanceOf(FilesException.Unimplemented.class);
            assertThatThrownBy(writer::hsync).isInstanceOf(FilesException.Unimplemented.class);
        }
    }
}
