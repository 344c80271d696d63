package dev.forebay.node;

import dev.forebay.arena.Arena;
import dev.forebay.arena.SharedArena;
import dev.forebay.block.Scrubber;
import dev.forebay.gateway.admin.PrometheusMetrics;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectStatistics;

import java.util.Map;
import java.util.function.ToLongFunction;

/** The figures of stores and engines that are shown besides those of requests. */
final class NodeGauges {
    private NodeGauges() {}

    static void register(PrometheusMetrics metrics, Node node) {
        SharedArena arena = node.stores().arena();
        metrics.gauge("forebay_arena_capacity_bytes", "Capacity of the arena", arena::capacity);
        metrics.gauge("forebay_arena_used_bytes", "Bytes of residents in the arena", arena::used);
        Map<String, ToLongFunction<Arena.Statistics>> figures =
                Map.of(
                        "forebay_arena_residents", Arena.Statistics::residents,
                        "forebay_arena_pinned_bytes", Arena.Statistics::pinned,
                        "forebay_arena_evictable_bytes", Arena.Statistics::evictable,
                        "forebay_arena_backed_bytes", Arena.Statistics::backed,
                        "forebay_arena_evictions", Arena.Statistics::evictions,
                        "forebay_arena_evicted_bytes", Arena.Statistics::evictedBytes,
                        "forebay_arena_free_ranges", Arena.Statistics::freeRanges);
        figures.forEach(
                (name, figure) ->
                        metrics.gauge(
                                name,
                                "Figure of the arena",
                                () -> figure.applyAsLong(arena.statistics())));
        NodeObjectEngine objects = node.engines().objects();
        Map<String, ToLongFunction<ObjectStatistics>> objectFigures =
                Map.of(
                        "forebay_objects", ObjectStatistics::objects,
                        "forebay_objects_bytes", ObjectStatistics::bytes,
                        "forebay_objects_referenced", ObjectStatistics::referenced,
                        "forebay_objects_sessions", ObjectStatistics::sessions,
                        "forebay_objects_evictions", ObjectStatistics::evictions,
                        "forebay_objects_evicted_bytes", ObjectStatistics::evictedBytes);
        objectFigures.forEach(
                (name, figure) ->
                        metrics.gauge(
                                name,
                                "Figure of the objects engine",
                                () -> figure.applyAsLong(objects.statistics())));
        metrics.gauge(
                "forebay_disk_free_bytes",
                "Bytes that can be written",
                () -> node.engines().files().usage().diskFree());
        metrics.gauge(
                "forebay_disk_used_bytes",
                "Bytes that files and their names take",
                () -> node.engines().files().usage().diskUsed());
        metrics.gauge(
                "forebay_files_open",
                "Files with readers or a writer",
                node.engines().files()::openFiles);
        Scrubber scrubber = node.upkeep().scrubber();
        metrics.gauge(
                "forebay_scrub_blocks", "Blocks checked by the scrubber", scrubber::blocksChecked);
        metrics.gauge(
                "forebay_scrub_bytes", "Bytes checked by the scrubber", scrubber::bytesChecked);
        metrics.gauge("forebay_scrub_damaged", "Blocks found damaged", scrubber::blocksDamaged);
        metrics.gauge(
                "forebay_mounts",
                "Mounts",
                () -> node.engines().files().mounts(node.principal()).size());
        for (String figure : node.stores().meta().statistics().keySet()) {
            metrics.gauge(
                    "forebay_meta_" + figure,
                    "Figure of the metadata store",
                    () -> node.stores().meta().statistics().getOrDefault(figure, 0L));
        }
    }
}
