package dev.forebay.objects;

/**
 * Figures.
 *
 * @param objects number of objects in memory, unsealed ones included
 * @param bytes their data and metadata
 * @param referenced objects that a session holds
 * @param sessions open sessions
 * @param evictions objects evicted since start
 * @param evictedBytes their bytes
 * @param spilled objects on disk
 * @param spills objects moved to disk since start
 */
public record ObjectStatistics(
        long objects,
        long bytes,
        long referenced,
        long sessions,
        long evictions,
        long evictedBytes,
        long spilled,
        long spills) {}
