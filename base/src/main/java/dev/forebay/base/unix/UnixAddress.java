package dev.forebay.base.unix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.forebay.base.error.Invalid;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A {@code struct sockaddr_un}: the family, 2 bytes, then {@value #LENGTH_MAX} bytes of path, then
 * a zero.
 */
final class UnixAddress {
    /** Bytes of a path. */
    static final int LENGTH_MAX = 107;

    private static final short UNIX_FAMILY = 1;
    private static final int PATH_OFFSET = 2;

    private UnixAddress() {}

    static boolean fits(Path path) {
        return bytes(path).length <= LENGTH_MAX;
    }

    /**
     * The address of a path.
     *
     * @throws Invalid when the path is empty, too long, or holds a zero
     */
    static MemorySegment of(Path path, Arena arena) {
        byte[] bytes = bytes(path);
        if (bytes.length == 0 || bytes.length > LENGTH_MAX) {
            throw new Invalid("the path of a socket has 1 to 107 bytes", path);
        }
        MemorySegment address = arena.allocate(PATH_OFFSET + LENGTH_MAX + 1L, Short.BYTES);
        address.set(JAVA_SHORT, 0, UNIX_FAMILY);
        MemorySegment.copy(bytes, 0, address, JAVA_BYTE, PATH_OFFSET, bytes.length);
        return address;
    }

    private static byte[] bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8);
    }
}
