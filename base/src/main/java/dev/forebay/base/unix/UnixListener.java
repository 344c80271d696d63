package dev.forebay.base.unix;

import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A socket with a name that others connect to.
 *
 * <p>The name appears only when it can answer: the socket is made under a name beside it, given its
 * mode, made to listen, and renamed. Where that name would be too long the socket is made in its
 * place, and refuses connections for the moment between.
 *
 * <p>One thread accepts; {@link #shutdown} may be called by any, after which accept ends. {@link
 * #close} is for whoever knows that no thread is in accept.
 */
public final class UnixListener implements AutoCloseable {
    /** Mode that lets nobody but the owner connect. */
    public static final int OWNER_ONLY = 0600;

    private static final int BACKLOG = 128;
    private static final int NON_BLOCKING = 0x800;
    private static final Object BINDING = new Object();

    private final int descriptor;
    private final Path path;
    private final Optional<Object> fileKey;
    private boolean closed;

    private UnixListener(int descriptor, Path path) {
        this.descriptor = descriptor;
        this.path = path;
        this.fileKey = attributes(path).map(BasicFileAttributes::fileKey);
    }

    /**
     * Listens at a path. A socket that a process left there when it ended is replaced.
     *
     * @param path 1 to 107 bytes; its folder must be there
     * @param mode permission bits of the socket file, such as {@link #OWNER_ONLY}
     * @throws Unavailable when somebody answers there
     * @throws Invalid when the path has not 1 to 107 bytes, or something else than a socket is
     *     there
     * @throws dev.forebay.base.error.NotFound when the folder is not there
     * @throws PermissionDenied when the system does not let us
     */
    public static UnixListener bind(Path path, int mode) {
        synchronized (BINDING) {
            requireFree(path);
            int descriptor = UnixCalls.socket(0);
            try {
                listen(descriptor, path, mode);
                return new UnixListener(descriptor, path);
            } catch (RuntimeException e) {
                LibraryCalls.close(descriptor);
                throw e;
            }
        }
    }

    private static void listen(int descriptor, Path path, int mode) {
        // Short, and used by no other thread while BINDING is held.
        Path beside = path.resolveSibling(".fb" + Long.toHexString(ProcessHandle.current().pid()));
        Path first = UnixAddress.fits(beside) ? beside : path;
        try (Arena scratch = Arena.ofConfined()) {
            Files.deleteIfExists(first);
            UnixCalls.bind(descriptor, UnixAddress.of(first, scratch));
            UnixCalls.changeMode(first.toString(), mode);
            UnixCalls.listen(descriptor, BACKLOG);
            if (!first.equals(path)) {
                Files.move(first, path, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (AccessDeniedException e) {
            throw new PermissionDenied("the socket may not be made here", path, e);
        } catch (IOException e) {
            throw new Internal("the socket cannot be made here", path, e);
        }
    }

    private static void requireFree(Path path) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = UnixAddress.of(path, scratch);
            Optional<BasicFileAttributes> there = attributes(path);
            if (there.isEmpty()) {
                return;
            }
            if (!there.get().isOther()) {
                throw new Invalid("there is something else than a socket", path);
            }
            int descriptor = UnixCalls.socket(NON_BLOCKING);
            long result = UnixCalls.connect(descriptor, address);
            LibraryCalls.close(descriptor);
            // EAGAIN says that connections wait there to be accepted.
            if (result >= 0 || result == -UnixCalls.EAGAIN) {
                throw new Unavailable("another process answers at this socket", path);
            }
            if (result != -UnixCalls.ECONNREFUSED) {
                throw UnixCalls.failure("connect " + path, result);
            }
        }
    }

    private static Optional<BasicFileAttributes> attributes(Path path) {
        try {
            return Optional.of(
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (AccessDeniedException e) {
            throw new PermissionDenied("the folder of the socket cannot be read", path, e);
        } catch (IOException e) {
            throw new Internal("the socket file cannot be looked at", path, e);
        }
    }

    /** Where it listens. */
    public Path path() {
        return path;
    }

    /**
     * Waits for a connection.
     *
     * @return empty once the listener was shut down
     * @throws dev.forebay.base.error.OutOfSpace when the system has no descriptor left; the
     *     connection waits and a later try may succeed
     */
    public Optional<UnixConnection> accept() {
        while (true) {
            long result = UnixCalls.accept(descriptor);
            if (result >= 0) {
                return Optional.of(new UnixConnection((int) result));
            }
            if (result == -UnixCalls.EINVAL) {
                return Optional.empty();
            }
            if (result != -LibraryCalls.EINTR && result != -UnixCalls.ECONNABORTED) {
                throw UnixCalls.failure("accept", result);
            }
        }
    }

    /** Takes no more connections, takes the name away if it is still this one's, ends accept. */
    public synchronized void shutdown() {
        if (closed) {
            return;
        }
        try {
            Optional<Object> now = attributes(path).map(BasicFileAttributes::fileKey);
            if (now.isPresent() && now.equals(fileKey)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new Internal("the socket file cannot be removed", path, e);
        } finally {
            UnixCalls.shutdown(descriptor);
        }
    }

    /** Shuts down if need be and frees the socket. */
    @Override
    public synchronized void close() {
        if (!closed) {
            try {
                shutdown();
            } finally {
                closed = true;
                LibraryCalls.close(descriptor);
            }
        }
    }
}
