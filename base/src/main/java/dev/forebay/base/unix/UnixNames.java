package dev.forebay.base.unix;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** What the system calls its users and groups. May ask a directory server, so it may take time. */
public final class UnixNames {
    // struct passwd has 48 bytes, struct group 32; the name's address is the first field of both.
    private static final int ENTRY_LENGTH = 64;
    private static final int TEXT_LENGTH = 16 << 10;
    private static final int NAME_LENGTH_MAX = 256;

    private UnixNames() {}

    /** The name of a user; empty when the system knows none, or only one of over 255 bytes. */
    public static Optional<String> findUser(int id) {
        return find(id, UnixCalls::findUser);
    }

    /** The name of a group; empty when the system knows none, or only one of over 255 bytes. */
    public static Optional<String> findGroup(int id) {
        return find(id, UnixCalls::findGroup);
    }

    private interface Lookup {
        int fill(int id, MemorySegment entry, MemorySegment text, MemorySegment found);
    }

    // restricted: the system filled the entry, and its name ends with a zero.
    @SuppressWarnings("restricted")
    private static Optional<String> find(int id, Lookup lookup) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment entry = scratch.allocate(ENTRY_LENGTH, Long.BYTES);
            MemorySegment found = scratch.allocate(ADDRESS);
            int error = lookup.fill(id, entry, scratch.allocate(TEXT_LENGTH), found);
            if (error != 0 || found.get(ADDRESS, 0).address() == 0) {
                return Optional.empty();
            }
            MemorySegment name = entry.get(ADDRESS, 0).reinterpret(NAME_LENGTH_MAX);
            return Optional.of(name.getString(0));
        }
    }
}
