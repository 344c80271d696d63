package dev.forebay.client;

/**
 * One place where a block is in memory.
 *
 * @param workerId number of the worker
 * @param workerAddress where the worker listens
 * @param tierAlias MEM, SSD or HDD
 */
public record BlockLocation(long workerId, WorkerNetAddress workerAddress, String tierAlias) {}
