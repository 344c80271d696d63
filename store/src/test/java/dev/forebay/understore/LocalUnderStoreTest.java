package dev.forebay.understore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Name;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

class LocalUnderStoreTest extends UnderStoreContract {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final String DRAFT = ".forebay-00112233445566778899aabbccddeeff";

    @TempDir private Path temporary;
    private Path folder = Path.of("");

    @Override
    protected UnderStore openStore() {
        folder = temporary.resolve("mounted");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return open(folder.toString());
    }

    private UnderStore open(String uri) {
        LocalRoots roots = LocalRoots.of(List.of(FilePath.parse(temporary.toString())));
        return factory(roots).open(uri, Map.of());
    }

    private static LocalUnderStoreFactory factory(LocalRoots roots) {
        return new LocalUnderStoreFactory(
                roots, new LocalDisk(), new FixedClock(NOW), Randomness.secure());
    }

    @Test
    void uriIsAPathOrAFileUri() throws IOException {
        put("/file", "x");

        for (String uri : List.of("file:" + folder, "file://" + folder, folder + "//")) {
            assertThat(open(uri).stat(path("/file"))).isPresent();
        }
    }

    @Test
    void whatIsNoFolderIsInvalidAndSaysWhy() {
        put("/file", "x");

        assertThatThrownBy(() -> open("relative/folder"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("absolute");
        assertThatThrownBy(() -> open("file://host/folder")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> open(folder + "/missing"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> open(folder + "/file"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("not a folder");
        assertThatThrownBy(() -> open(folder + "/file/below")).isInstanceOf(Invalid.class);
    }

    @Test
    void onlyAllowedFoldersAreMounted() throws IOException {
        Path allowed = Files.createDirectories(temporary.resolve("allowed/below"));
        Path link = temporary.resolve("allowed/link");
        Files.createSymbolicLink(link, folder);
        LocalUnderStoreFactory factory =
                factory(LocalRoots.parse(temporary.resolve("allowed") + ", /missing", () -> true));

        assertThat(factory.open(allowed.toString(), Map.of()).list(FilePath.ROOT)).isEmpty();
        for (Path refused : List.of(folder, link, temporary, Path.of("/"))) {
            assertThatThrownBy(() -> factory.open(refused.toString(), Map.of()))
                    .isInstanceOf(PermissionDenied.class);
        }
    }

    @Test
    void allowedNameIsNoPrefixOfAnother() throws IOException {
        Path other = Files.createDirectories(temporary.resolve("mounted-other"));

        assertThatThrownBy(
                        () ->
                                factory(LocalRoots.parse(folder.toString(), () -> true))
                                        .open(other.toString(), Map.of()))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void anyFolderWhileOnlyLoopbackListens() {
        assertThat(factory(LocalRoots.parse("any", () -> true)).open(folder.toString(), Map.of()))
                .isNotNull();
        assertThatThrownBy(
                        () ->
                                factory(LocalRoots.parse("any", () -> false))
                                        .open(folder.toString(), Map.of()))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(
                        () ->
                                factory(LocalRoots.parse("", () -> true))
                                        .open(folder.toString(), Map.of()))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void linkInsideIsWhatItLeadsTo() throws IOException {
        put("/real/file", "x");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("real/again"), Path.of("file"));

        assertThat(content("/link/again")).isEqualTo("x");
        assertThat(names("/")).containsExactlyInAnyOrder("real", "link");
        assertThat(store().stat(path("/link")).orElseThrow().directory()).isTrue();
        put("/link/written", "y");
        assertThat(content("/real/written")).isEqualTo("y");
        assertThat(store().delete(path("/real/again"))).isTrue();
        assertThat(content("/real/file")).isEqualTo("x");
    }

    @Test
    void linkOutsideIsNothing() throws IOException {
        Path outside = Files.createDirectories(temporary.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(folder.resolve("out"), outside);
        Files.createSymbolicLink(folder.resolve("out-file"), outside.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));

        assertThat(names("/")).isEmpty();
        for (String name : List.of("/out", "/out-file", "/loop", "/nowhere", "/out/secret")) {
            assertThat(store().stat(path(name))).isEmpty();
            assertThat(store().delete(path(name))).isFalse();
            assertThatThrownBy(() -> content(name)).isInstanceOf(NotFound.class);
            assertThatThrownBy(() -> store().rename(path(name), path("/moved")))
                    .isInstanceOf(NotFound.class);
        }
        assertThatThrownBy(() -> put("/out/new", "x")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> put("/out/below/new", "x")).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> store().createDirectories(path("/out/new")))
                .isInstanceOf(PermissionDenied.class);
        try (Stream<Path> left = Files.list(outside)) {
            assertThat(left).containsExactly(outside.resolve("secret"));
        }
    }

    @Test
    void writingOverALinkReplacesTheLink() throws IOException {
        Path outside = temporary.resolve("outside");
        Files.writeString(outside, "untouched");
        Files.createSymbolicLink(folder.resolve("file"), outside);

        put("/file", "mine");

        assertThat(content("/file")).isEqualTo("mine");
        assertThat(outside).hasContent("untouched");
    }

    @Test
    void namesAreAnyBytes() throws IOException {
        Name name = Name.of(new byte[] {'a', (byte) 0xff, '?', (byte) 0xc3, '%'});
        FilePath file = FilePath.ROOT.child(name);
        try (UnderWriter writer = store().create(file)) {
            writer.commit();
        }

        assertThat(store().list(FilePath.ROOT)).extracting(UnderStatus::name).containsExactly(name);
        assertThat(store().stat(file)).isPresent();
        assertThat(store().delete(file)).isTrue();
    }

    @Test
    void tooLongPathIsInvalid() {
        String component = "/" + "x".repeat(250);

        assertThatThrownBy(() -> store().stat(path(component.repeat(20))))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void draftsAreNeitherListedNorReached() throws IOException {
        Files.writeString(folder.resolve(DRAFT), "partial");
        Files.setLastModifiedTime(folder.resolve(DRAFT), FileTime.from(NOW));

        assertThat(names("/")).isEmpty();
        assertThat(store().stat(path("/" + DRAFT))).isEmpty();
        assertThat(store().delete(path("/" + DRAFT))).isFalse();
        assertThatThrownBy(() -> put("/" + DRAFT, "x")).isInstanceOf(Invalid.class);
        put("/.forebay-notes", "ours to show");
        assertThat(names("/")).containsExactly(".forebay-notes");
        assertThat(folder.resolve(DRAFT)).exists();
    }

    @Test
    void draftsDoNotKeepADirectoryFromBeingDeleted() throws IOException {
        Files.createDirectories(folder.resolve("below"));
        Path draft = folder.resolve("below/" + DRAFT);
        Path file = folder.resolve("below/file");
        Files.writeString(draft, "partial");
        Files.writeString(file, "whole");
        assertThatThrownBy(() -> store().delete(path("/below"))).isInstanceOf(NotEmpty.class);
        assertThat(draft).exists();
        Files.delete(file);
        assertThat(store().delete(path("/below"))).isTrue();
        assertThat(folder.resolve("below")).doesNotExist();
    }

    @Test
    void draftOfADayAgoIsDeletedWhenItsFolderIsListedOrMounted() throws IOException {
        Files.createDirectories(folder.resolve("below"));
        for (Path draft : List.of(folder.resolve(DRAFT), folder.resolve("below/" + DRAFT))) {
            Files.writeString(draft, "partial");
            Files.setLastModifiedTime(draft, FileTime.from(NOW.minus(Duration.ofHours(25))));
        }

        open(folder.toString());
        assertThat(folder.resolve(DRAFT)).doesNotExist();
        assertThat(folder.resolve("below/" + DRAFT)).exists();
        store().list(path("/below"));
        assertThat(folder.resolve("below/" + DRAFT)).doesNotExist();
    }

    @Test
    void abortedWriteLeavesNoFileBehind() throws IOException {
        store().create(path("/a/b")).close();

        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void changeInPlaceOfTheSameLengthChangesTheFingerprint() throws IOException {
        UnderStatus before = put("/file", "one");
        Files.writeString(folder.resolve("file"), "two");
        Files.setLastModifiedTime(folder.resolve("file"), FileTime.from(NOW));

        assertThat(store().stat(path("/file")).orElseThrow().fingerprint())
                .isNotEqualTo(before.fingerprint());
    }

    @Test
    void fileCutShortWhileReadIsAnError() throws IOException {
        put("/file", "0123456789");
        try (var stream = store().open(path("/file"), new UnderStore.Range(0, 10))) {
            Files.writeString(folder.resolve("file"), "0");
            assertThat(stream.readNBytes(1)).hasSize(1);
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void unknownOwnerIsNotAppliedButTheModeIs() {
        put("/file", "x");

        boolean whole =
                ((SupportsAttributes) store())
                        .setAttributes(
                                path("/file"),
                                Optional.of("no-such-user-here"),
                                Optional.of("no-such-group-here"),
                                Optional.of(0600));

        assertThat(whole).isFalse();
        assertThat(store().stat(path("/file")).orElseThrow().mode()).isEqualTo(0600);
    }

    /** A clock that stands still. */
    private record FixedClock(Instant now) implements Clock {
        @Override
        public long millis() {
            return now.toEpochMilli();
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) {}
    }
}
