package dev.forebay.client;

/**
 * What a node holds and has room for, in bytes.
 *
 * @param memoryCapacity of the shared memory
 * @param memoryUsed taken in it
 * @param diskFree that can still be written on the node's disk
 */
public record Usage(long memoryCapacity, long memoryUsed, long diskFree) {}
