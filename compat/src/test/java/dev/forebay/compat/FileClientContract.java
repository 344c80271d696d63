package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.client.AttributeChange;
import dev.forebay.client.BlockFiles;
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
import dev.forebay.client.RenameOptions;
import dev.forebay.client.Security;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    /** What one wire can do and another cannot. */
    enum Ability {
        /** Write types, times to live, pins. */
        MEMORY,
        /** Names that are not UTF-8. */
        ANY_NAME,
        /** Files are seen as soon as they are made, and that they are not complete. */
        INCOMPLETE_FILES,
        /** Files that are being written can be opened. */
        READ_WHILE_WRITTEN,
        /** hflush and hsync. */
        FLUSH,
        /** append. */
        APPEND,
        /** Renaming over a file. */
        REPLACE,
        /** The blocks of a file in its status. */
        BLOCKS_IN_STATUS,
        /** The power BlockFiles. */
        BLOCK_FILES,
        /** The power Security. */
        SECURITY,
        /** Access lists and extended attributes. */
        ACCESS_LISTS,
        /** Delegation tokens. */
        TOKENS,
        /** The power Snapshots. */
        SNAPSHOTS,
        /** Lists of encryption zones. */
        ENCRYPTION_ZONES,
        /** Recovery of leases. */
        LEASES,
        /** How much disk there is. */
        DISK_CAPACITY
    }

    /** What this wire can do. */
    abstract Set<Ability> abilities();

    final boolean can(Ability ability) {
        return abilities().contains(ability);
    }

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
        String text = "0123456789".repeat(250_000);
        CreateOptions options =
                CreateOptions.DEFAULT.withMode(Mode.of(0640)).withBlockSize(1 << 20);
        boolean memory = can(Ability.MEMORY);
        write(
                path,
                text,
                memory
                        ? options.withTtl(3_600_000, TtlAction.FREE)
                                .withWriteType(WriteType.CACHE_THROUGH)
                        : options);

        FileStatus status = files().stat(path);

        assertThat(read(path)).isEqualTo(text);
        assertThat(status.name()).isEqualTo("file");
        assertThat(status.file()).isTrue();
        assertThat(status.completed()).isTrue();
        assertThat(status.length()).isEqualTo(2_500_000);
        assertThat(status.access().mode()).isEqualTo(Mode.of(0640));
        assertThat(status.layout().blockSize()).isEqualTo(1 << 20);
        int blocks = can(Ability.BLOCKS_IN_STATUS) ? 3 : 0;
        assertThat(status.layout().blocks()).hasSize(blocks);
        assertThat(status.layout().blockIds()).hasSize(blocks);
        assertThat(status.ttl().millis()).isEqualTo(memory ? 3_600_000 : -1);
        assertThat(status.ttl().action()).isEqualTo(TtlAction.FREE);
        assertThat(status.storage().persisted()).isTrue();
        assertThat(status.times().modified()).isGreaterThanOrEqualTo(status.times().created());
        assertThat(files().stat(path, MetadataLoad.ALWAYS)).isEqualTo(status);
    }

    @Test
    void whatOnlyMemoryHasIsRefusedElsewhere() {
        write(at("file"), "x");
        CreateOptions typed = CreateOptions.DEFAULT.withWriteType(WriteType.THROUGH);
        CreateOptions mortal = CreateOptions.DEFAULT.withTtl(3_600_000, TtlAction.FREE);
        if (can(Ability.MEMORY)) {
            write(at("typed"), "x", typed);
            write(at("mortal"), "x", mortal);
            files().setAttributes(at("file"), AttributeChange.NONE.withPinned(false));
            return;
        }
        assertThatThrownBy(() -> files().create(at("typed"), typed))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(() -> files().create(at("mortal"), mortal))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThatThrownBy(
                        () ->
                                files().setAttributes(
                                                at("file"), AttributeChange.NONE.withPinned(true)))
                .isInstanceOf(FilesException.Unimplemented.class);
        assertThat(files().find(at("typed"))).isEmpty();
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
        if (can(Ability.INCOMPLETE_FILES)) {
            assertThat(files().stat(at("file")).completed()).isFalse();
            assertThat(writer.status().completed()).isFalse();
        }
        if (can(Ability.INCOMPLETE_FILES) && !can(Ability.READ_WHILE_WRITTEN)) {
            assertThatThrownBy(() -> read(at("file"))).isInstanceOf(FilesException.Unknown.class);
        }
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
        AttributeChange change = AttributeChange.NONE.withMode(Mode.of(0700));
        assertThatThrownBy(() -> files().setAttributes(path, change))
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
        assertThat(files().stat(at("d/file")).access())
                .isEqualTo(new FileStatus.Access("someone", "some", Mode.of(0750)));
        AttributeChange mortal =
                AttributeChange.NONE.withTtlMillis(7_200_000).withTtlAction(TtlAction.DELETE);
        if (!can(Ability.MEMORY)) {
            assertThatThrownBy(() -> files().setAttributes(at("d/file"), mortal))
                    .isInstanceOf(FilesException.Unimplemented.class);
            return;
        }
        files().setAttributes(at("d/file"), mortal);

        FileStatus status = files().stat(at("d/file"));

        assertThat(status.ttl().millis()).isEqualTo(7_200_000);
        assertThat(status.ttl().action()).isEqualTo(TtlAction.DELETE);
    }

    @Test
    void everyNameComesBack() {
        List<String> names =
                new ArrayList<>(
                        List.of("a b", "%41", "a+b;c?d#e", "\u00fc\u2603\uD83D\uDE00", "\"\\\n"));
        String odd = "x\udcff\udc80";
        if (can(Ability.ANY_NAME)) {
            names.add(odd);
        } else {
            assertThatThrownBy(() -> files().create(at(odd)))
                    .isInstanceOf(FilesException.Unimplemented.class);
        }
        names.forEach(name -> write(at(name), name.length() + ""));

        assertThat(listed(at(""), ListOptions.DEFAULT))
                .containsExactlyInAnyOrderElementsOf(names.stream().map(this::at).toList());
        names.forEach(name -> assertThat(files().stat(at(name)).name()).isEqualTo(name));
        names.forEach(name -> assertThat(read(at(name))).isEqualTo(name.length() + ""));
        String last = names.getLast();
        files().rename(at(last), at("y" + last));
        files().delete(at("y" + last));
        assertThat(files().find(at("y" + last))).isEmpty();
    }

    @Test
    void whatIsNotPossibleIsSaid() {
        assertThatThrownBy(() -> files().as(Runnable.class))
                .isInstanceOf(FilesException.Unimplemented.class);
        if (!can(Ability.APPEND)) {
            assertThatThrownBy(() -> files().append(at("file")))
                    .isInstanceOf(FilesException.Unimplemented.class);
        }
        if (!can(Ability.REPLACE)) {
            assertThatThrownBy(() -> files().rename(at("a"), at("b"), RenameOptions.OVERWRITE))
                    .isInstanceOf(FilesException.Unimplemented.class);
        }
        if (!can(Ability.FLUSH)) {
            try (FileWriter writer = files().create(at("file"))) {
                assertThatThrownBy(writer::hflush).isInstanceOf(FilesException.Unimplemented.class);
                assertThatThrownBy(writer::hsync).isInstanceOf(FilesException.Unimplemented.class);
            }
        }
        if (!can(Ability.BLOCK_FILES)) {
            assertThatThrownBy(() -> files().as(BlockFiles.class))
                    .isInstanceOf(FilesException.Unimplemented.class)
                    .hasMessageContaining("BlockFiles");
        }
        if (!can(Ability.SECURITY)) {
            assertThatThrownBy(() -> files().as(Security.class))
                    .isInstanceOf(FilesException.Unimplemented.class)
                    .hasMessageContaining("Security");
        }
    }
}
