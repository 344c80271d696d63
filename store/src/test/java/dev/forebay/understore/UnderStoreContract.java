package dev.forebay.understore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What every under store does. A subclass opens an empty place. */
public abstract class UnderStoreContract {
    /** Larger than any part or buffer of an implementation. */
    private static final int LARGE = 20 * 1024 * 1024;

    private UnderStore store;

    /** An empty place, the same folder for one test. */
    protected abstract UnderStore openStore();

    /** How many files a listing needs several requests for. */
    protected int moreThanOnePage() {
        return 1_100;
    }

    /** Whether the place takes this name; one that it does not take, it refuses as invalid. */
    protected boolean holds(String name) {
        return true;
    }

    /** The place under test. */
    protected final UnderStore store() {
        return store;
    }

    @BeforeEach
    final void open() {
        store = openStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    @Test
    void rootIsADirectory() {
        UnderStatus root = store.stat(FilePath.ROOT).orElseThrow();

        assertThat(root.directory()).isTrue();
        assertThat(root.fingerprint()).isEmpty();
        assertThat(store.list(FilePath.ROOT)).isEmpty();
    }

    @Test
    void committedFileIsSeenAsItWasReported() throws IOException {
        UnderStatus committed = put("/file", "hello");

        UnderStatus seen = store.stat(path("/file")).orElseThrow();
        assertThat(committed.name()).isEqualTo(Name.of("file"));
        assertThat(seen.directory()).isFalse();
        assertThat(seen.length()).isEqualTo(5);
        assertThat(seen.fingerprint()).isEqualTo(committed.fingerprint()).isNotEmpty();
        assertThat(committed.length()).isEqualTo(5);
        assertThat(store.list(FilePath.ROOT)).containsExactly(seen);
        assertThat(content("/file")).isEqualTo("hello");
    }

    @Test
    void emptyFileIsAFile() throws IOException {
        put("/empty", "");

        UnderStatus seen = store.stat(path("/empty")).orElseThrow();
        assertThat(seen.directory()).isFalse();
        assertThat(seen.length()).isZero();
        assertThat(content("/empty")).isEmpty();
        assertThat(store.list(FilePath.ROOT)).containsExactly(seen);
    }

    @Test
    void missingPathHasNoStatus() throws IOException {
        put("/file", "x");

        assertThat(store.stat(path("/missing"))).isEmpty();
        assertThat(store.stat(path("/missing/deeper"))).isEmpty();
        assertThat(store.stat(path("/fil"))).isEmpty();
        assertThat(store.stat(path("/file/below"))).isEmpty();
    }

    @Test
    void listOfMissingDirectoryFails() {
        assertThatThrownBy(() -> store.list(path("/missing"))).isInstanceOf(NotFound.class);
    }

    @Test
    void listOfFileFails() {
        put("/file", "x");

        assertThatThrownBy(() -> store.list(path("/file"))).isInstanceOf(NotADirectory.class);
    }

    @Test
    void listGivesDirectChildrenOnly() {
        put("/a/b/deep", "1");
        put("/a/file", "22");
        put("/a-b", "3");
        store.createDirectories(path("/a/empty"));

        assertThat(names("/")).containsExactlyInAnyOrder("a", "a-b");
        assertThat(names("/a")).containsExactlyInAnyOrder("b", "file", "empty");
        assertThat(names("/a/b")).containsExactly("deep");
        assertThat(names("/a/empty")).isEmpty();
        assertThat(store.list(path("/a")))
                .filteredOn(UnderStatus::directory)
                .extracting(status -> status.name().toString())
                .containsExactlyInAnyOrder("b", "empty");
    }

    @Test
    void rangesAreExact() throws IOException {
        put("/file", "0123456789");

        assertThat(range(0, 4)).isEqualTo("0123");
        assertThat(range(4, 1)).isEqualTo("4");
        assertThat(range(7, 100)).isEqualTo("789");
        assertThat(range(7, Long.MAX_VALUE)).isEqualTo("789");
        assertThat(range(3, 0)).isEmpty();
        assertThat(range(10, 5)).isEmpty();
    }

    @Test
    void rangeBeyondTheEndFails() {
        put("/file", "0123456789");

        assertThatThrownBy(() -> range(11, 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> range(11, 0)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> range(-1, 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> range(0, -1)).isInstanceOf(Invalid.class);
    }

    @Test
    void openOfMissingFileFails() {
        assertThatThrownBy(() -> open("/missing", 0, 1)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> open("/missing", 0, 0)).isInstanceOf(NotFound.class);
    }

    @Test
    void openOfDirectoryFails() {
        store.createDirectories(path("/directory"));

        assertThatThrownBy(() -> open("/directory", 0, 1)).isInstanceOf(IsADirectory.class);
        assertThatThrownBy(() -> open("/directory", 0, 0)).isInstanceOf(IsADirectory.class);
        assertThatThrownBy(() -> open("/", 0, 1)).isInstanceOf(IsADirectory.class);
    }

    @Test
    void streamLeftHalfReadClosesCleanly() throws IOException {
        putBytes("/file", Randomness.seeded(3).bytes(300_000));

        for (int i = 0; i < 10; i++) {
            try (InputStream stream = open("/file", 0, 300_000)) {
                assertThat(stream.read()).isNotNegative();
            }
        }
        try (InputStream stream = open("/file", 0, 300_000)) {
            assertThat(stream.readAllBytes()).hasSize(300_000);
        }
    }

    @Test
    void largeFileComesBackAsWritten() throws IOException {
        byte[] bytes = Randomness.seeded(1).bytes(LARGE);

        UnderStatus committed = putBytes("/large", bytes);

        assertThat(committed.length()).isEqualTo(LARGE);
        assertThat(store.stat(path("/large")).orElseThrow().fingerprint())
                .isEqualTo(committed.fingerprint());
        try (InputStream stream = open("/large", 0, LARGE)) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes);
        }
        try (InputStream stream = open("/large", LARGE - 3, 10)) {
            assertThat(stream.readAllBytes())
                    .containsExactly(bytes[LARGE - 3], bytes[LARGE - 2], bytes[LARGE - 1]);
        }
    }

    @Test
    void overwritingChangesFingerprintAndContent() throws IOException {
        UnderStatus first = put("/file", "one");
        UnderStatus second = put("/file", "two");

        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(content("/file")).isEqualTo("two");
        assertThat(names("/")).containsExactly("file");
    }

    @Test
    void nothingIsVisibleBeforeCommit() throws IOException {
        put("/file", "old");
        try (UnderWriter writer = store.create(path("/file"));
                UnderWriter other = store.create(path("/new"))) {
            writer.write(ByteBuffer.wrap(new byte[LARGE]));
            other.write(bytes("x"));

            assertThat(content("/file")).isEqualTo("old");
            assertThat(store.stat(path("/new"))).isEmpty();
            assertThat(names("/")).containsExactly("file");
        }
    }

    @Test
    void closeWithoutCommitLeavesNothing() throws IOException {
        put("/file", "old");
        for (String name : List.of("/file", "/new", "/a/b/c")) {
            try (UnderWriter writer = store.create(path(name))) {
                writer.write(ByteBuffer.wrap(new byte[LARGE]));
            }
        }

        assertThat(names("/")).containsExactly("file");
        assertThat(content("/file")).isEqualTo("old");
    }

    @Test
    void writerEndsWithCommitOrClose() {
        UnderWriter committed = store.create(path("/a"));
        committed.commit();
        UnderWriter closed = store.create(path("/b"));
        closed.close();
        closed.close();

        assertThatThrownBy(() -> committed.write(bytes("x"))).isInstanceOf(Closed.class);
        assertThatThrownBy(committed::commit).isInstanceOf(Closed.class);
        assertThatThrownBy(() -> closed.write(bytes("x"))).isInstanceOf(Closed.class);
        assertThatThrownBy(closed::commit).isInstanceOf(Closed.class);
        committed.close();
        assertThat(names("/")).containsExactly("a");
    }

    @Test
    void createMakesParents() {
        put("/a/b/c/file", "x");

        assertThat(store.stat(path("/a/b")).orElseThrow().directory()).isTrue();
        assertThat(names("/a/b/c")).containsExactly("file");
    }

    @Test
    void fileNeverReplacesDirectory() {
        store.createDirectories(path("/directory"));

        assertThatThrownBy(() -> put("/directory", "x")).isInstanceOf(IsADirectory.class);
        assertThat(store.stat(path("/directory")).orElseThrow().directory()).isTrue();
        assertThat(names("/")).containsExactly("directory");
    }

    @Test
    void deleteSaysWhetherThereWasSomething() {
        put("/file", "x");
        store.createDirectories(path("/directory"));

        assertThat(store.delete(path("/file"))).isTrue();
        assertThat(store.delete(path("/file"))).isFalse();
        assertThat(store.delete(path("/directory"))).isTrue();
        assertThat(store.delete(path("/directory"))).isFalse();
        assertThat(store.list(FilePath.ROOT)).isEmpty();
    }

    @Test
    void deleteOfFullDirectoryFails() throws IOException {
        put("/a/file", "x");

        assertThatThrownBy(() -> store.delete(path("/a"))).isInstanceOf(NotEmpty.class);
        assertThat(content("/a/file")).isEqualTo("x");
    }

    @Test
    void directoryOutlivesItsLastChild() {
        put("/a/file", "x");
        put("/b/file", "x");
        store.delete(path("/a/file"));
        store.rename(path("/b/file"), path("/c"));

        assertThat(store.stat(path("/a")).orElseThrow().directory()).isTrue();
        assertThat(store.stat(path("/b")).orElseThrow().directory()).isTrue();
        assertThat(store.delete(path("/a"))).isTrue();
    }

    @Test
    void rootCannotBeDeletedRenamedOrWritten() {
        assertThatThrownBy(() -> store.delete(FilePath.ROOT)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> store.create(FilePath.ROOT)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> store.rename(FilePath.ROOT, path("/a")))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void renameMovesFile() throws IOException {
        UnderStatus before = put("/file", "hello");

        store.rename(path("/file"), path("/a/b/renamed"));

        assertThat(store.stat(path("/file"))).isEmpty();
        assertThat(content("/a/b/renamed")).isEqualTo("hello");
        assertThat(store.stat(path("/a/b/renamed")).orElseThrow().length())
                .isEqualTo(before.length());
    }

    @Test
    void renameMovesDirectoryWithAllBelow() throws IOException {
        put("/a/one", "1");
        put("/a/b/two", "2");
        put("/a-sibling", "3");
        store.createDirectories(path("/a/empty"));

        store.rename(path("/a"), path("/x/y"));

        assertThat(store.stat(path("/a"))).isEmpty();
        assertThat(names("/")).containsExactlyInAnyOrder("x", "a-sibling");
        assertThat(names("/x/y")).containsExactlyInAnyOrder("one", "b", "empty");
        assertThat(content("/x/y/b/two")).isEqualTo("2");
    }

    @Test
    void renameNeverReplaces() throws IOException {
        put("/source", "1");
        put("/file", "2");
        store.createDirectories(path("/directory"));

        for (String target : List.of("/file", "/directory", "/source", "/")) {
            assertThatThrownBy(() -> store.rename(path("/source"), path(target)))
                    .isInstanceOf(AlreadyExists.class);
        }
        assertThat(content("/source")).isEqualTo("1");
        assertThat(content("/file")).isEqualTo("2");
    }

    @Test
    void renameOfMissingSourceFails() {
        assertThatThrownBy(() -> store.rename(path("/missing"), path("/x")))
                .isInstanceOf(NotFound.class);
        assertThat(store.list(FilePath.ROOT)).isEmpty();
    }

    @Test
    void renameBelowItselfFails() {
        put("/a/file", "x");

        assertThatThrownBy(() -> store.rename(path("/a"), path("/a/b/c")))
                .isInstanceOf(Invalid.class);
        assertThat(names("/a")).containsExactly("file");
    }

    @Test
    void createDirectoriesMakesParentsAndAcceptsExisting() {
        store.createDirectories(path("/a/b/c"));
        store.createDirectories(path("/a/b/c"));
        store.createDirectories(FilePath.ROOT);

        assertThat(store.stat(path("/a/b")).orElseThrow().directory()).isTrue();
        assertThat(names("/a/b")).containsExactly("c");
        assertThat(names("/a/b/c")).isEmpty();
    }

    @Test
    void createDirectoriesOverFileFails() {
        put("/file", "x");

        assertThatThrownBy(() -> store.createDirectories(path("/file")))
                .isInstanceOf(NotADirectory.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space",
                " leading and trailing ",
                "per%20cent%",
                "100%",
                "plus+plus",
                "semi;colon:comma,",
                "amp&lt;<>\"'",
                "quest?ion#hash",
                "gr\u00fc\u00dfe-\u65e5\u672c-\ud83d\ude80",
                "tab\tinside",
                "back\\slash",
                "..dots..",
                "star*[x]{y}~!@$^=|`",
            })
    void namesOfAllKindsComeBack(String name) throws IOException {
        FilePath directory = FilePath.ROOT.child(Name.of(name));
        FilePath file = directory.child(Name.of(name));
        if (!holds(name)) {
            assertThatThrownBy(() -> store.create(directory)).isInstanceOf(Invalid.class);
            assertThatThrownBy(() -> store.createDirectories(file)).isInstanceOf(Invalid.class);
            return;
        }
        putAt(file, "content".getBytes(StandardCharsets.UTF_8));

        assertThat(store.list(FilePath.ROOT))
                .extracting(UnderStatus::name)
                .containsExactly(Name.of(name));
        assertThat(store.list(directory))
                .extracting(UnderStatus::name)
                .containsExactly(Name.of(name));
        assertThat(store.stat(file).orElseThrow().length()).isEqualTo(7);
        try (InputStream stream = store.open(file, new UnderStore.Range(0, 7))) {
            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("content");
        }
        store.rename(file, path("/renamed"));
        store.rename(path("/renamed"), file);
        assertThat(store.delete(file)).isTrue();
        assertThat(store.delete(directory)).isTrue();
        assertThat(store.list(FilePath.ROOT)).isEmpty();
    }

    @Test
    void listsMoreThanOnePage() {
        int count = moreThanOnePage();
        for (int i = 0; i < count; i++) {
            put("/many/file-" + i, "");
        }
        put("/many/below/file", "");

        List<String> names = names("/many");
        assertThat(names)
                .hasSize(count + 1)
                .doesNotHaveDuplicates()
                .contains("file-" + (count - 1), "below");
    }

    @Test
    void attributesAreForThoseWhoKeepThem() {
        put("/file", "x");
        if (store instanceof SupportsAttributes keeper) {
            assertThat(
                            keeper.setAttributes(
                                    path("/file"),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.of(0640)))
                    .isTrue();
            assertThat(store.stat(path("/file")).orElseThrow().mode()).isEqualTo(0640);
        } else {
            assertThat(store.stat(path("/file")).orElseThrow().mode()).isEqualTo(-1);
        }
    }

    /** The path of this text. */
    protected static FilePath path(String text) {
        return FilePath.parse(text);
    }

    /** Writes a file. */
    protected final UnderStatus put(String path, String content) {
        return putBytes(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file. */
    protected final UnderStatus putBytes(String path, byte[] content) {
        return putAt(path(path), content);
    }

    private UnderStatus putAt(FilePath path, byte[] content) {
        try (UnderWriter writer = store.create(path)) {
            // in pieces, the last of them short, to cross the borders of any buffer
            for (int from = 0; from < content.length; from += 3_000_017) {
                writer.write(
                        ByteBuffer.wrap(content, from, Math.min(3_000_017, content.length - from)));
            }
            return writer.commit();
        }
    }

    /** All of a file as text. */
    protected final String content(String path) throws IOException {
        try (InputStream stream = open(path, 0, Long.MAX_VALUE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The names in a directory. */
    protected final List<String> names(String path) {
        return store.list(path(path)).stream().map(status -> status.name().toString()).toList();
    }

    private InputStream open(String path, long position, long length) {
        return store.open(path(path), new UnderStore.Range(position, length));
    }

    private String range(long position, long length) throws IOException {
        try (InputStream stream = open("/file", position, length)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
