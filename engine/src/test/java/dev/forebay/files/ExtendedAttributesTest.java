package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.meta.KeyRange;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Attributes that clients attach to files and directories. */
class ExtendedAttributesTest {
    private static final Principal ANN = new Principal("ann", Set.of(), false, "simple", "");
    private static final Principal BOB = new Principal("bob", Set.of(), false, "simple", "");

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;

    @BeforeEach
    void makeFile() {
        fixture.write("/f", new byte[10]);
        own("/f", 0644);
    }

    private void own(String path, int mode) {
        files.setAttributes(
                ROOT,
                path(path),
                AttributeChange.ofAccess(
                        Optional.of("ann"), Optional.of("staff"), OptionalInt.of(mode)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static ExtendedAttribute attribute(String name, String value) {
        return new ExtendedAttribute(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    private void set(Principal caller, String path, String name, String value) {
        files.setExtendedAttribute(
                caller, path(path), attribute(name, value), AttributeWrite.CREATE_OR_REPLACE);
    }

    private long rows() {
        long[] count = new long[1];
        fixture.meta.visit(
                reader ->
                        reader.scan(
                                FileSpaces.ATTRIBUTE,
                                KeyRange.all(),
                                (_, _) -> {
                                    count[0]++;
                                    return true;
                                }));
        return count[0];
    }

    @Test
    void setsReplacesAndRemoves() {
        set(ANN, "/f", "user.b", "2");
        set(ANN, "/f", "user.a", "1");
        set(ANN, "/f", "user.b", "");
        assertThat(files.extendedAttributes(ANN, path("/f")))
                .containsExactly(attribute("user.a", "1"), attribute("user.b", ""));
        files.removeExtendedAttribute(ANN, path("/f"), "user.a");
        assertThat(files.extendedAttributeNames(ANN, path("/f"))).containsExactly("user.b");
        files.rename(ROOT, path("/f"), path("/g"));
        assertThat(files.extendedAttributeNames(ANN, path("/g"))).containsExactly("user.b");
    }

    @Test
    void flagsAreKept() {
        assertThatThrownBy(
                        () ->
                                files.setExtendedAttribute(
                                        ANN,
                                        path("/f"),
                                        attribute("user.a", "1"),
                                        AttributeWrite.REPLACE))
                .isInstanceOf(InvalidState.class);
        files.setExtendedAttribute(
                ANN, path("/f"), attribute("user.a", "1"), AttributeWrite.CREATE);
        assertThatThrownBy(
                        () ->
                                files.setExtendedAttribute(
                                        ANN,
                                        path("/f"),
                                        attribute("user.a", "2"),
                                        AttributeWrite.CREATE))
                .isInstanceOf(InvalidState.class);
        assertThat(files.extendedAttributes(ANN, path("/f")))
                .containsExactly(attribute("user.a", "1"));
    }

    @Test
    void whatCannotBeIsRefused() {
        for (String name : List.of("a", "user", "user.", "other.a", ".a", "")) {
            assertThatThrownBy(() -> set(ANN, "/f", name, "1")).isInstanceOf(Invalid.class);
        }
        assertThatThrownBy(() -> set(ANN, "/f", "user.a", "x".repeat(16384 - 5)))
                .isInstanceOf(Invalid.class);
        set(ANN, "/f", "user.a", "x".repeat(16384 - 6));
        assertThatThrownBy(() -> set(ANN, "/none", "user.a", "1")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> files.removeExtendedAttribute(ANN, path("/f"), "user.b"))
                .isInstanceOf(InvalidState.class);
    }

    @Test
    void thirtyTwoAreTheMost() {
        for (int i = 0; i < 32; i++) {
            set(ANN, "/f", "user." + i, "1");
        }
        assertThatThrownBy(() -> set(ANN, "/f", "user.32", "1")).isInstanceOf(InvalidState.class);
        set(ANN, "/f", "user.31", "2");
        assertThat(files.extendedAttributeNames(ANN, path("/f"))).hasSize(32);
    }

    @Test
    void rightsAreAsked() {
        set(ANN, "/f", "user.a", "1");
        assertThat(files.extendedAttributes(BOB, path("/f"))).hasSize(1);
        assertThatThrownBy(() -> set(BOB, "/f", "user.b", "1"))
                .isInstanceOf(PermissionDenied.class);
        own("/f", 0600);
        assertThatThrownBy(() -> files.extendedAttributes(BOB, path("/f")))
                .isInstanceOf(PermissionDenied.class);
        assertThat(files.extendedAttributeNames(BOB, path("/f"))).containsExactly("user.a");
    }

    @Test
    void trustedOnesAreForSuperusers() {
        assertThatThrownBy(() -> set(ANN, "/f", "trusted.a", "1"))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> set(ROOT, "/f", "system.a", "1"))
                .isInstanceOf(PermissionDenied.class);
        set(ROOT, "/f", "trusted.a", "1");
        assertThat(files.extendedAttributeNames(ANN, path("/f"))).isEmpty();
        assertThat(files.extendedAttributeNames(ROOT, path("/f"))).containsExactly("trusted.a");
    }

    @Test
    void stickyDirectoriesAreForTheirOwner() {
        files.createDirectory(ROOT, path("/tmp"), CreateOptions.DEFAULT);
        own("/tmp", 01777);
        assertThatThrownBy(() -> set(BOB, "/tmp", "user.a", "1"))
                .isInstanceOf(PermissionDenied.class);
        set(ANN, "/tmp", "user.a", "1");
    }

    @Test
    void nothingStaysOfWhatWasDeleted() {
        fixture.write("/d/e/f", new byte[10]);
        set(ROOT, "/d", "user.a", "1");
        set(ROOT, "/d/e/f", "user.a", "1");
        set(ANN, "/f", "user.a", "1");
        assertThat(rows()).isEqualTo(3);
        files.delete(ROOT, path("/f"), DeleteOptions.DEFAULT);
        files.delete(ROOT, path("/d"), new DeleteOptions(true, false));
        EngineFixture.eventually(() -> rows() == 0);
        fixture.write("/f", new byte[1]);
        assertThat(files.extendedAttributeNames(ROOT, path("/f"))).isEmpty();
    }
}
