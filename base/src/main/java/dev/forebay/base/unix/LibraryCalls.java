package dev.forebay.base.unix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.forebay.base.error.Internal;
import dev.forebay.base.error.Unsupported;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Calls of the C library on 64-bit Linux: how one is found, how it is made, how it says that it
 * failed. What a failure means is for the caller to say.
 */
public final class LibraryCalls {
    // Values of <asm-generic/errno-base.h> and <sys/mman.h>; x86-64 and aarch64 agree.
    static final int EINTR = 4;
    private static final int PROT_READ_WRITE = 3;

    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR_NUMBER =
            CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle MMAP =
            function(
                    "mmap", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                    JAVA_LONG);
    private static final MethodHandle MUNMAP = function("munmap", JAVA_INT, JAVA_LONG, JAVA_LONG);

    private LibraryCalls() {}

    /** A call, given the memory that takes its error number. */
    @FunctionalInterface
    public interface Call {
        /** The result of the native function. */
        long invoke(MemorySegment state) throws Throwable;
    }

    /**
     * A function of the C library. Its first argument is the memory for the error number.
     *
     * @throws Unsupported when the library has none of this name
     */
    // restricted: the signatures are those of the Linux manual pages for 64-bit systems.
    @SuppressWarnings("restricted")
    public static MethodHandle function(String name, ValueLayout result, ValueLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                address(linker, name),
                FunctionDescriptor.of(result, arguments),
                Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment address(Linker linker, String name) {
        return linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new Unsupported("not a Linux C library", name));
    }

    /**
     * A function of the C library that takes any number of arguments, for one set of them.
     *
     * @param fixed how many it always takes
     */
    // restricted: as above.
    @SuppressWarnings("restricted")
    static MethodHandle variadic(String name, int fixed, ValueLayout result, ValueLayout... all) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                address(linker, name),
                FunctionDescriptor.of(result, all),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(fixed));
    }

    /** Memory for the error number of one thread's calls. */
    public static MemorySegment newState() {
        return Arena.ofAuto().allocate(CALL_STATE);
    }

    /** The result, or the negated error number. */
    public static long call(Call call) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment state = scratch.allocate(CALL_STATE);
            return result(state, call.invoke(state));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The result, or the negated error number; made again when a signal came in between. */
    public static long retried(Call call) {
        long result;
        do {
            result = call(call);
        } while (result == -EINTR);
        return result;
    }

    /** What a call returned, or the negated error number that it left in {@code state}. */
    public static long result(MemorySegment state, long result) {
        return result == -1 ? -(int) ERROR_NUMBER.get(state, 0L) : result;
    }

    /** A method handle declares Throwable; a native function throws nothing. */
    public static RuntimeException unexpected(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error known -> throw known;
            default -> new Internal("a native call failed", "", e);
        };
    }

    /** Closes a descriptor; mappings stay. */
    public static void close(int descriptor) {
        // Not retried after EINTR: Linux has closed the descriptor by then.
        call(state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /**
     * Maps memory for reading and writing.
     *
     * @param flags of {@code mmap}
     * @param descriptor of the file, -1 for none
     * @return the address, or the negated error number
     */
    public static long map(long length, int flags, int descriptor) {
        return retried(
                state ->
                        (long)
                                MMAP.invokeExact(
                                        state, 0L, length, PROT_READ_WRITE, flags, descriptor, 0L));
    }

    /**
     * A mapping just made as a segment. It is unmapped when nothing in this process can reach the
     * segment, or a slice of it, any more.
     */
    // restricted: the length is that of the mapping just made, and the cleanup is its only munmap.
    @SuppressWarnings("restricted")
    public static MemorySegment mapped(long address, long length) {
        return MemorySegment.ofAddress(address)
                .reinterpret(length, Arena.ofAuto(), mapping -> unmap(mapping.address(), length));
    }

    private static void unmap(long address, long length) {
        long result = retried(state -> (int) MUNMAP.invokeExact(state, address, length));
        if (result < 0) {
            throw new Internal("memory could not be unmapped", "errno=" + -result);
        }
    }
}
