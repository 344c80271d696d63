package dev.forebay.node;

import dev.forebay.arena.SharedArena;
import dev.forebay.base.BlockId;
import dev.forebay.base.Clock;
import dev.forebay.base.error.ForebayException;
import dev.forebay.block.Scrubber;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.objects.Lending;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What stores and engines need done now and then: unused memory given back, lent files let go,
 * leases of the API in this process renewed, and all blocks read and compared with their checksums.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration TRIM_INTERVAL = Duration.ofMinutes(1);
    private static final Duration LEND_INTERVAL = Duration.ofSeconds(1);

    /** A lease that is not renewed for a minute may be taken. */
    private static final Duration LEASE_INTERVAL = Duration.ofSeconds(20);

    /** Damaged blocks that are remembered; beyond, only counts go on. */
    private static final int DAMAGED_MAX = 1000;

    private final SharedArena arena;
    private final Scrubber scrubber;
    private final Clock clock;
    private final Set<BlockId> damaged = new ConcurrentSkipListSet<>();
    private final List<Thread> threads;

    private Upkeep(Work work, Clock clock, Duration scrubInterval) {
        this.arena = work.arena();
        this.scrubber = work.scrubber();
        this.clock = clock;
        this.threads =
                List.of(
                        loop("trim", TRIM_INTERVAL, this::trim),
                        loop("lend", LEND_INTERVAL, work.lending()::tick),
                        loop(
                                "lease",
                                LEASE_INTERVAL,
                                () -> work.files().renewLeases(EmbeddedFiles.HOLDER)),
                        loop("scrub", scrubInterval, this::scrub));
    }

    private record Work(
            SharedArena arena, Scrubber scrubber, Lending lending, LeasedFileEngine files) {}

    /** Begins; the first pass over the blocks comes one interval after the start. */
    static Upkeep start(
            Node.Stores stores, Node.Engines engines, NodeSettings.Scrub scrub, Clock clock) {
        Scrubber scrubber = new Scrubber(stores.blocks(), clock, scrub.rate().bytes());
        Work work = new Work(stores.arena(), scrubber, engines.lending(), engines.files());
        Upkeep upkeep = new Upkeep(work, clock, scrub.interval());
        upkeep.threads.forEach(Thread::start);
        return upkeep;
    }

    /** A task that may be interrupted. */
    @FunctionalInterface
    private interface Task {
        void run() throws InterruptedException;
    }

    private Thread loop(String name, Duration interval, Task task) {
        return Thread.ofVirtual().name("upkeep-" + name).unstarted(() -> run(name, interval, task));
    }

    private void run(String name, Duration interval, Task task) {
        try {
            while (true) {
                clock.sleep(interval);
                try {
                    task.run();
                } catch (ForebayException e) {
                    LOG.warn("upkeep failed, will be tried again task={}", name, e);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("upkeep ends task={}", name, e);
        }
    }

    private void trim() {
        long bytes = arena.trimIdle();
        LOG.debug("gave back unused memory bytes={}", bytes);
    }

    private void scrub() throws InterruptedException {
        scrubber.pass(
                finding -> {
                    if (damaged.size() < DAMAGED_MAX) {
                        damaged.add(finding.id());
                    }
                });
    }

    Scrubber scrubber() {
        return scrubber;
    }

    /** What makes the node unhealthy; empty when nothing does. */
    List<String> ailments() {
        return damaged.isEmpty()
                ? List.of()
                : List.of("damaged blocks, run forebay fsck for the files: " + damaged);
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
