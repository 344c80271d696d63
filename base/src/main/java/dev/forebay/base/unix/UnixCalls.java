package dev.forebay.base.unix;

import static dev.forebay.base.unix.LibraryCalls.call;
import static dev.forebay.base.unix.LibraryCalls.function;
import static dev.forebay.base.unix.LibraryCalls.result;
import static dev.forebay.base.unix.LibraryCalls.unexpected;
import static dev.forebay.base.unix.LibraryCalls.variadic;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The native calls of this package, for 64-bit Linux.
 *
 * <p>Calls that may be on a hot path take the memory for the error number from their caller and
 * return the negated error number where they fail, so that they allocate nothing; {@link #failure}
 * makes an error of it. The others throw by themselves.
 */
final class UnixCalls {
    // Values of <asm-generic/errno.h>; x86-64 and aarch64 agree.
    static final int EAGAIN = 11;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int ECONNABORTED = 103;
    static final int ECONNREFUSED = 111;
    // Seals of <linux/fcntl.h>.
    static final int SEAL_SEAL = 1;
    static final int SEAL_SHRINK = 2;
    static final int SEAL_GROW = 4;
    static final int SEAL_WRITE = 8;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;
    private static final int ENOTDIR = 20;
    private static final int EROFS = 30;
    private static final int EPIPE = 32;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;
    private static final int EADDRINUSE = 98;
    private static final int ECONNRESET = 104;
    private static final int ENOBUFS = 105;
    private static final int ENOTCONN = 107;

    private static final MethodHandle SOCKET =
            function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SOCKETPAIR =
            function("socketpair", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle BIND =
            function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle LISTEN = function("listen", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ACCEPT4 =
            function("accept4", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT =
            function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RECV =
            function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND =
            function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle RECVMSG =
            function("recvmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDMSG =
            function("sendmsg", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle POLL =
            function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle EVENTFD = function("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ =
            function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle SHUTDOWN = function("shutdown", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle CHMOD = function("chmod", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MEMFD_CREATE =
            function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle FTRUNCATE =
            function("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FCNTL =
            variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle PREAD =
            function("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PWRITE =
            function("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GETPWUID =
            function("getpwuid_r", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle GETGRGID =
            function("getgrgid_r", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);

    private UnixCalls() {}

    /** Makes a stream socket that does not pass to child processes. */
    static int socket(int flags) {
        int unixFamily = 1;
        int stream = 1;
        int closeOnExec = 0x80000;
        return (int)
                must(
                        "socket",
                        state ->
                                (int)
                                        SOCKET.invokeExact(
                                                state,
                                                unixFamily,
                                                stream | closeOnExec | flags,
                                                0));
    }

    /** Makes two stream sockets that are connected and do not pass to child processes. */
    static void socketPair(MemorySegment descriptors) {
        int unixFamily = 1;
        int stream = 1;
        int closeOnExec = 0x80000;
        must(
                "socketpair",
                state ->
                        (int)
                                SOCKETPAIR.invokeExact(
                                        state, unixFamily, stream | closeOnExec, 0, descriptors));
    }

    static void bind(int descriptor, MemorySegment address) {
        int length = (int) address.byteSize();
        must("bind", state -> (int) BIND.invokeExact(state, descriptor, address, length));
    }

    static void listen(int descriptor, int backlog) {
        must("listen", state -> (int) LISTEN.invokeExact(state, descriptor, backlog));
    }

    /** A connection's descriptor, or the negated error number. */
    static long accept(int descriptor) {
        int closeOnExec = 0x80000;
        return call(
                state ->
                        (int)
                                ACCEPT4.invokeExact(
                                        state,
                                        descriptor,
                                        MemorySegment.NULL,
                                        MemorySegment.NULL,
                                        closeOnExec));
    }

    /** 0, or the negated error number. */
    static long connect(int descriptor, MemorySegment address) {
        int length = (int) address.byteSize();
        return call(state -> (int) CONNECT.invokeExact(state, descriptor, address, length));
    }

    static long receive(MemorySegment state, int descriptor, MemorySegment target, int flags) {
        try {
            long length = target.byteSize();
            return result(state, (long) RECV.invokeExact(state, descriptor, target, length, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long send(MemorySegment state, int descriptor, MemorySegment source, int flags) {
        try {
            long length = source.byteSize();
            return result(state, (long) SEND.invokeExact(state, descriptor, source, length, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long receiveMessage(
            MemorySegment state, int descriptor, MemorySegment message, int flags) {
        try {
            return result(state, (long) RECVMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long sendMessage(MemorySegment state, int descriptor, MemorySegment message, int flags) {
        try {
            return result(state, (long) SENDMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Waits for one of {@code count} entries of 8 bytes each; -1 waits for ever. */
    static long poll(MemorySegment state, MemorySegment entries, int count, int timeoutMillis) {
        try {
            long length = count;
            return result(state, (int) POLL.invokeExact(state, entries, length, timeoutMillis));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Makes a counter that a poll can wait for and that does not pass to child processes. */
    static int eventCounter() {
        int closeOnExecNonBlocking = 0x80800;
        return (int)
                must(
                        "eventfd",
                        state -> (int) EVENTFD.invokeExact(state, 0, closeOnExecNonBlocking));
    }

    static long read(int descriptor, MemorySegment target) {
        long length = target.byteSize();
        return call(state -> (long) READ.invokeExact(state, descriptor, target, length));
    }

    static long write(int descriptor, MemorySegment source) {
        long length = source.byteSize();
        return call(state -> (long) WRITE.invokeExact(state, descriptor, source, length));
    }

    /** Ends both directions, so that blocked calls return; fails silently on what is no socket. */
    static void shutdown(int descriptor) {
        shutdown(descriptor, 2);
    }

    /** Ends what is sent; fails silently on what is no socket. */
    static void shutdownOutput(int descriptor) {
        shutdown(descriptor, 1);
    }

    private static void shutdown(int descriptor, int direction) {
        call(state -> (int) SHUTDOWN.invokeExact(state, descriptor, direction));
    }

    /** Reads an option of the socket level; 0 or the negated error number. */
    static long socketOption(int descriptor, int option, MemorySegment value) {
        int socketLevel = 1;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment length = scratch.allocateFrom(JAVA_INT, (int) value.byteSize());
            return call(
                    state ->
                            (int)
                                    GETSOCKOPT.invokeExact(
                                            state, descriptor, socketLevel, option, value, length));
        }
    }

    static void changeMode(String path, int mode) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment text = scratch.allocateFrom(path);
            must("chmod", state -> (int) CHMOD.invokeExact(state, text, mode));
        }
    }

    /**
     * Maps a file for reading and writing. It is unmapped when nothing in this process can reach
     * the segment, or a slice of it, any more.
     */
    static MemorySegment map(int descriptor, long length) {
        int shared = 1;
        long address = LibraryCalls.map(length, shared, descriptor);
        if (address < 0) {
            throw failure("mmap", address);
        }
        return LibraryCalls.mapped(address, length);
    }

    /** Opens a file for reading; the descriptor does not pass to child processes. */
    static int openForReading(String path) {
        int closeOnExec = 0x80000;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment text = scratch.allocateFrom(path);
            return (int) must("open", state -> (int) OPEN.invokeExact(state, text, closeOnExec));
        }
    }

    /** Makes a file of zeros in memory, whose length nobody can change. */
    static int memoryFile(long length) {
        int closeOnExecSealable = 3;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment name = scratch.allocateFrom("forebay");
            int descriptor =
                    (int)
                            must(
                                    "memfd_create",
                                    state ->
                                            (int)
                                                    MEMFD_CREATE.invokeExact(
                                                            state, name, closeOnExecSealable));
            boolean made = false;
            try {
                must("ftruncate", state -> (int) FTRUNCATE.invokeExact(state, descriptor, length));
                addSeals(descriptor, SEAL_SHRINK | SEAL_GROW);
                made = true;
                return descriptor;
            } finally {
                if (!made) {
                    LibraryCalls.close(descriptor);
                }
            }
        }
    }

    /** Forbids some kinds of change of a file in memory for ever. */
    static void addSeals(int descriptor, int seals) {
        int addSeals = 1033;
        must("fcntl", state -> (int) FCNTL.invokeExact(state, descriptor, addSeals, seals));
    }

    /** Bytes read, 0 at the end. */
    static long readAt(int descriptor, MemorySegment target, long position) {
        long length = target.byteSize();
        return must(
                "pread",
                state -> (long) PREAD.invokeExact(state, descriptor, target, length, position));
    }

    /** Bytes written. */
    static long writeAt(int descriptor, MemorySegment source, long position) {
        long length = source.byteSize();
        return must(
                "pwrite",
                state -> (long) PWRITE.invokeExact(state, descriptor, source, length, position));
    }

    /** Fills a {@code struct passwd}; 0 or an error number. */
    static int findUser(int id, MemorySegment entry, MemorySegment text, MemorySegment found) {
        return (int) call(state -> find(GETPWUID, state, new Lookup(id, entry, text, found)));
    }

    /** Fills a {@code struct group}; 0 or an error number. */
    static int findGroup(int id, MemorySegment entry, MemorySegment text, MemorySegment found) {
        return (int) call(state -> find(GETGRGID, state, new Lookup(id, entry, text, found)));
    }

    private record Lookup(int id, MemorySegment entry, MemorySegment text, MemorySegment found) {}

    private static int find(MethodHandle function, MemorySegment state, Lookup lookup)
            throws Throwable {
        long length = lookup.text().byteSize();
        return (int)
                function.invokeExact(
                        state, lookup.id(), lookup.entry(), lookup.text(), length, lookup.found());
    }

    /** The result; thrown as an error where it is one. */
    private static long must(String name, LibraryCalls.Call call) {
        long result = LibraryCalls.retried(call);
        if (result < 0) {
            throw failure(name, result);
        }
        return result;
    }

    /**
     * The error for a failed call.
     *
     * @param result the negated error number
     */
    static RuntimeException failure(String name, long result) {
        int errorNumber = (int) -result;
        String subject = name + " errno=" + errorNumber;
        return switch (errorNumber) {
            case EPIPE, ECONNRESET, ECONNABORTED, ENOTCONN ->
                    new Closed("the other side closed the connection", subject);
            case ECONNREFUSED -> new Unavailable("nobody answers at this socket", subject);
            case EADDRINUSE -> new Unavailable("the address is in use", subject);
            case ENOENT, ENOTDIR -> new NotFound("no such file or folder", subject);
            case EMFILE, ENFILE, ENOMEM, ENOBUFS ->
                    new OutOfSpace("the system has no memory or descriptor left", subject);
            case EACCES, EPERM, EROFS ->
                    new PermissionDenied("the system does not permit this", subject);
            case ENOSYS, EAFNOSUPPORT -> new Unsupported("the system lacks this call", subject);
            default -> new Internal("a system call failed", subject);
        };
    }
}
