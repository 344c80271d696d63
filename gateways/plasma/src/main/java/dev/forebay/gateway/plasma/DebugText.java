package dev.forebay.gateway.plasma;

import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectStatistics;

/**
 * What GetDebugString answers; {@code allocated bytes} and the limit are in plasma_store's words.
 */
final class DebugText {
    private DebugText() {}

    static String of(ObjectEngine engine) {
        ObjectStatistics figures = engine.statistics();
        return """
        allocated bytes: %d
        allocation limit: %d
        num objects: %d
        num objects in use: %d
        num clients: %d
        num evictions: %d
        bytes evicted: %d
        num objects on disk: %d
        """
                .formatted(
                        figures.bytes(),
                        engine.capacity(),
                        figures.objects(),
                        figures.referenced(),
                        figures.sessions(),
                        figures.evictions(),
                        figures.evictedBytes(),
                        figures.spilled());
    }
}
