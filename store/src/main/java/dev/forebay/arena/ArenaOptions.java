package dev.forebay.arena;

import dev.forebay.base.error.Invalid;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of an arena.
 *
 * @param capacity bytes that residents may take together, 1 to 2^43
 * @param folder where the shared file is made (it has no name there), empty for a memfd, which is
 *     bound by memory only and not by the size of {@code /dev/shm}
 * @param memoryMax bytes of memory that the arena may take from the system, 1 to 2^63-1; a request
 *     beyond evicts, and then fails with OutOfSpace, instead of waking the system's killer
 * @param residentsMax residents at a time, 1 to 2^31-1; each costs about 250 bytes of heap
 */
public record ArenaOptions(long capacity, Optional<Path> folder, long memoryMax, int residentsMax) {
    /** The default of {@link #residentsMax}. */
    public static final int RESIDENTS_MAX = 1 << 20;

    private static final long CAPACITY_MAX = 1L << 43;
    private static final long ADDRESS_SPACE_MIN = 64L << 30;
    private static final long ADDRESS_SPACE_WISHED_MAX = 4L << 40;
    private static final int ADDRESS_SPACE_FACTOR = 64;
    private static final int ADDRESS_SPACE_FACTOR_MIN = 4;
    private static final long SLACK_MIN = 1L << 20;
    private static final int SLACK_SHARE = 32;

    /** Checks the ranges. */
    public ArenaOptions {
        if (capacity < 1 || capacity > CAPACITY_MAX) {
            throw new Invalid("not a capacity of an arena", capacity);
        }
        if (memoryMax < 1) {
            throw new Invalid("not a limit of memory", memoryMax);
        }
        if (residentsMax < 1) {
            throw new Invalid("not a limit of residents", residentsMax);
        }
    }

    /**
     * A memfd that may take seven eighths of the memory of this machine or container.
     *
     * @param capacity bytes, 1 to 2^43
     */
    public static ArenaOptions of(long capacity) {
        return new ArenaOptions(capacity, Optional.empty(), systemMemoryShare(), RESIDENTS_MAX);
    }

    /** The same with the shared file in a folder, on a file system that has fallocate. */
    public ArenaOptions in(Path place) {
        return new ArenaOptions(capacity, Optional.of(place), memoryMax, residentsMax);
    }

    /**
     * Bytes of address space: 64 times the capacity, at least 64 GiB, and at most 4 TiB unless that
     * were less than four times the capacity. A multiple of every page size.
     */
    long addressSpace() {
        long wished =
                Math.clamp(
                        ADDRESS_SPACE_FACTOR * capacity,
                        ADDRESS_SPACE_MIN,
                        ADDRESS_SPACE_WISHED_MAX);
        long needed = Math.max(wished, ADDRESS_SPACE_FACTOR_MIN * capacity);
        return Math.ceilDiv(needed, SLACK_MIN) * SLACK_MIN;
    }

    /** Bytes that stay backed, warm free ranges included: the capacity and a little slack. */
    long backedMax() {
        return capacity + Math.max(SLACK_MIN, capacity / SLACK_SHARE);
    }

    private static long systemMemoryShare() {
        var system =
                java.lang.management.ManagementFactory.getPlatformMXBean(
                        com.sun.management.OperatingSystemMXBean.class);
        // Of the container, if this process is in one.
        long memory = system.getTotalMemorySize();
        return memory - memory / 8;
    }
}
