package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Who may not pass through a directory does not learn what is in it. */
class TraverseTest {
    private static final Principal BOB = new Principal("bob", Set.of("bob"), false, "simple", "");

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;

    @BeforeEach
    void makeDirectories() {
        fixture.write("/closed/there", new byte[10]);
        fixture.write("/open/file", new byte[10]);
        mode("/closed", 0700);
        mode("/open", 0777);
    }

    private void mode(String path, int mode) {
        files.setAttributes(
                ROOT,
                path(path),
                AttributeChange.ofAccess(Optional.empty(), Optional.empty(), OptionalInt.of(mode)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static void denied(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(PermissionDenied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/closed/there", "/closed/missing", "/closed/missing/below"})
    void whatIsThereAndWhatIsNotAreRefusedAlike(String name) {
        FilePath path = path(name);
        AttributeChange mode =
                AttributeChange.ofAccess(Optional.empty(), Optional.empty(), OptionalInt.of(0777));
        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> files.stat(BOB, path, MetadataLoad.ONCE),
                        () -> files.exists(BOB, path, MetadataLoad.ONCE),
                        () -> files.open(BOB, path, ReadType.NO_CACHE),
                        () -> files.delete(BOB, path, DeleteOptions.DEFAULT),
                        () -> files.setAttributes(BOB, path, mode),
                        () -> files.setReplication(BOB, path, 2),
                        () -> files.rename(BOB, path, path("/open/other")),
                        () -> files.rename(BOB, path("/open/file"), path))) {
            denied(call);
        }
    }

    @Test
    void theRightComesBeforeTheParentThatIsMissing() {
        mode("/closed", 0755);
        FilePath path = path("/closed/missing/below");
        denied(() -> files.create(BOB, path, CreateOptions.DEFAULT));
        assertThatThrownBy(() -> files.stat(BOB, path, MetadataLoad.ONCE))
                .isInstanceOf(NotFound.class);
    }
}
