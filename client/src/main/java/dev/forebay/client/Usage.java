package dev.forebay.client;

import java.util.OptionalLong;

/**
 * What a service holds and has room for, in bytes.
 *
 * @param memoryCapacity of the shared memory; 0 when there is none
 * @param memoryUsed taken in it
 * @param diskFree that can still be written on disks
 * @param diskCapacity of the disks; absent when the service does not say
 * @param diskUsed taken on the disks by files; absent when the service does not say
 */
public record Usage(
        long memoryCapacity,
        long memoryUsed,
        long diskFree,
        OptionalLong diskCapacity,
        OptionalLong diskUsed) {
    /** Of a node. */
    public Usage(long memoryCapacity, long memoryUsed, long diskFree) {
        this(memoryCapacity, memoryUsed, diskFree, OptionalLong.empty(), OptionalLong.empty());
    }
}
