package dev.forebay.arena;

import static dev.forebay.base.unix.LibraryCalls.function;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unsupported;
import dev.forebay.base.unix.LibraryCalls;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The system calls of the arena, for 64-bit Linux. Each throws OutOfSpace when the system has no
 * memory, disk or descriptor left, Invalid or PermissionDenied for a folder that is not there or
 * not ours, Unsupported when it does not know the call, else Internal; the subject is the call with
 * its error number.
 */
final class NativeMemory {
    // Values of <sys/mman.h>, <fcntl.h>, <linux/falloc.h>, <errno.h>; x86-64 and aarch64 agree.
    private static final int MFD_CLOEXEC = 1;
    private static final int O_CLOEXEC = 0x80000;
    private static final int PUNCH_HOLE_AND_KEEP_SIZE = 3;
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_DONTDUMP = 16;
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;
    private static final int ENOTDIR = 20;
    private static final int EINVAL = 22;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int EFBIG = 27;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int ENOSYS = 38;
    private static final int EOPNOTSUPP = 95;
    private static final int EDQUOT = 122;

    /** Bytes that one call backs, so that a signal costs one piece and not the whole range. */
    private static final long PIECE = 64L << 20;

    private static final MethodHandle GETPAGESIZE = function("getpagesize", JAVA_INT);
    private static final MethodHandle MEMFD_CREATE =
            function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle MKOSTEMP = function("mkostemp", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINK = function("unlink", JAVA_INT, ADDRESS);
    private static final MethodHandle FTRUNCATE =
            function("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle FALLOCATE =
            function("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle MADVISE =
            function("madvise", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private NativeMemory() {}

    /** Bytes of a page. */
    static int pageSize() {
        return (int) must("getpagesize", state -> (int) GETPAGESIZE.invokeExact(state));
    }

    /** Makes a memory file of zero bytes that does not pass to child processes. */
    static int createMemoryFile(String name) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment text = scratch.allocateFrom(name);
            return (int)
                    must(
                            "memfd_create",
                            state -> (int) MEMFD_CREATE.invokeExact(state, text, MFD_CLOEXEC));
        }
    }

    /** Makes a file of zero bytes in a folder, mode 0600, and takes its name away at once. */
    static int createNamelessFile(Path folder) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment path = scratch.allocateFrom(folder.resolve("forebay-XXXXXX").toString());
            int descriptor =
                    (int)
                            must(
                                    "mkostemp",
                                    state -> (int) MKOSTEMP.invokeExact(state, path, O_CLOEXEC));
            must("unlink", state -> (int) UNLINK.invokeExact(state, path));
            return descriptor;
        }
    }

    /** Sets the length of a file; what is added is a hole. */
    static void setLength(int descriptor, long length) {
        must("ftruncate", state -> (int) FTRUNCATE.invokeExact(state, descriptor, length));
    }

    /** Backs a range of a file with memory or disk; it reads as before, or as zeros. */
    static void back(int descriptor, long offset, long length) {
        for (long done = 0; done < length; done += PIECE) {
            long from = offset + done;
            long count = Math.min(PIECE, length - done);
            must(
                    "fallocate",
                    state -> (int) FALLOCATE.invokeExact(state, descriptor, 0, from, count));
        }
    }

    /** Gives the pages of a range of a file back; it reads as zeros afterwards. */
    static void punch(int descriptor, long offset, long length) {
        must(
                "fallocate punch",
                state ->
                        (int)
                                FALLOCATE.invokeExact(
                                        state,
                                        descriptor,
                                        PUNCH_HOLE_AND_KEEP_SIZE,
                                        offset,
                                        length));
    }

    /**
     * Maps a whole file for reading and writing. It is unmapped when nothing in this process can
     * reach the segment, or a slice of it, any more.
     */
    static MemorySegment mapShared(int descriptor, long length) {
        return map(length, MAP_SHARED, descriptor);
    }

    /** Maps memory of this process only, unmapped like {@link #mapShared}. */
    static MemorySegment mapPrivate(long length) {
        return map(length, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1);
    }

    private static MemorySegment map(long length, int flags, int descriptor) {
        long address = LibraryCalls.map(length, flags, descriptor);
        if (address < 0) {
            throw failure("mmap", (int) -address);
        }
        MemorySegment mapping = LibraryCalls.mapped(address, length);
        // A dump of the process would walk the whole sparse range; what is kept here is a cache.
        must("madvise", state -> (int) MADVISE.invokeExact(state, address, length, MADV_DONTDUMP));
        return mapping;
    }

    /** Backs private memory; kernels before 5.14 cannot, and back it at the first touch. */
    static void populate(MemorySegment range) {
        long result =
                LibraryCalls.call(
                        state ->
                                (int)
                                        MADVISE.invokeExact(
                                                state,
                                                range.address(),
                                                range.byteSize(),
                                                MADV_POPULATE_WRITE));
        if (result < 0 && result != -EINVAL) {
            throw failure("madvise populate", (int) -result);
        }
    }

    /** Gives the pages of private memory back; they read as zeros afterwards. */
    static void discard(MemorySegment range) {
        must(
                "madvise discard",
                state ->
                        (int)
                                MADVISE.invokeExact(
                                        state, range.address(), range.byteSize(), MADV_DONTNEED));
    }

    private static long must(String name, LibraryCalls.Call call) {
        long result = LibraryCalls.retried(call);
        if (result < 0) {
            throw failure(name, (int) -result);
        }
        return result;
    }

    private static RuntimeException failure(String name, int errorNumber) {
        String subject = name + " errno=" + errorNumber;
        return switch (errorNumber) {
            case ENOSPC, ENOMEM, EDQUOT, EFBIG, EMFILE, ENFILE ->
                    new OutOfSpace("the system has no memory or space left", subject);
            case ENOENT, ENOTDIR -> new Invalid("no such folder for the arena", subject);
            case EACCES, EPERM, EROFS ->
                    new PermissionDenied("the arena may not be made here", subject);
            case ENOSYS, EOPNOTSUPP ->
                    new Unsupported("the system or file system lacks this call", subject);
            default -> new Internal("a system call failed", subject);
        };
    }
}
