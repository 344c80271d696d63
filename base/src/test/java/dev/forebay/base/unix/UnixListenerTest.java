package dev.forebay.base.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

class UnixListenerTest {
    private static final Executor THREAD = task -> Thread.ofPlatform().daemon().start(task);

    @TempDir private Path folder = Path.of("target");

    private UnixListener bind(Path path) {
        return UnixListener.bind(path, UnixListener.OWNER_ONLY);
    }

    @Test
    void nameHasTheModeAndGoesWithTheListener() throws IOException {
        Path path = folder.resolve("s");
        try (UnixListener listener = bind(path)) {
            assertThat(listener.path()).isEqualTo(path);
            assertThat(Files.getPosixFilePermissions(path))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            try (var names = Files.list(folder)) {
                assertThat(names).containsExactly(path);
            }
        }
        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> UnixConnection.connect(path)).isInstanceOf(NotFound.class);
    }

    @Test
    void modeMayOpenItToOthers() throws IOException {
        Path path = folder.resolve("s");
        try (UnixListener _ = UnixListener.bind(path, 0666)) {
            assertThat(Files.getPosixFilePermissions(path))
                    .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
        }
    }

    @Test
    void socketLeftBehindIsReplaced() throws IOException {
        Path path = folder.resolve("s");
        Path kept = folder.resolve("kept");
        try (UnixListener _ = bind(path)) {
            Files.createLink(kept, path);
        }
        Files.move(kept, path);
        assertThatThrownBy(() -> UnixConnection.connect(path)).isInstanceOf(Unavailable.class);
        try (UnixListener listener = bind(path);
                UnixConnection _ = UnixConnection.connect(path);
                UnixConnection accepted = listener.accept().orElseThrow()) {
            assertThat(accepted.peer().processId()).isEqualTo((int) ProcessHandle.current().pid());
        }
    }

    @Test
    void socketThatAnswersIsLeftAlone() {
        Path path = folder.resolve("s");
        try (UnixListener listener = bind(path)) {
            assertThatThrownBy(() -> bind(path))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("another process answers");
            try (UnixConnection probe = listener.accept().orElseThrow();
                    UnixConnection _ = UnixConnection.connect(path);
                    UnixConnection accepted = listener.accept().orElseThrow()) {
                assertThat(probe.hungUp()).isTrue();
                assertThat(accepted.hungUp()).isFalse();
            }
        }
    }

    @Test
    void fileOfSomebodyIsLeftAlone() throws IOException {
        Path path = Files.writeString(folder.resolve("notes"), "text");
        assertThatThrownBy(() -> bind(path)).isInstanceOf(Invalid.class);
        assertThat(path).hasContent("text");
    }

    @Test
    void nameThatAnotherTookOverStays() throws IOException {
        Path path = folder.resolve("s");
        UnixListener first = bind(path);
        Files.delete(path);
        try (UnixListener _ = bind(path)) {
            first.close();
            assertThat(path).exists();
        }
    }

    @Test
    void pathsHaveUpTo107Bytes() throws IOException {
        Path parent = folder.toAbsolutePath();
        while (parent.toString().length() < 104) {
            int rest = 105 - parent.toString().length() - 1;
            parent = Files.createDirectory(parent.resolve("d".repeat(Math.clamp(rest, 1, 50))));
        }
        Path longest = parent.resolve("s".repeat(107 - parent.toString().length() - 1));
        try (UnixListener _ = bind(longest)) {
            assertThat(longest.toString()).hasSize(107);
            assertThat(longest).exists();
        }
        Path tooLong = Path.of(longest + "s");
        assertThatThrownBy(() -> bind(tooLong)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> UnixConnection.connect(tooLong)).isInstanceOf(Invalid.class);
        Path nowhere = folder.resolve("nowhere").resolve("s");
        assertThatThrownBy(() -> bind(nowhere)).isInstanceOf(NotFound.class);
    }

    @Test
    void shutdownEndsAccept() throws Exception {
        try (UnixListener listener = bind(folder.resolve("s"))) {
            CompletableFuture<Optional<UnixConnection>> accepted =
                    CompletableFuture.supplyAsync(listener::accept, THREAD);
            listener.shutdown();
            assertThat(accepted.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }
}
