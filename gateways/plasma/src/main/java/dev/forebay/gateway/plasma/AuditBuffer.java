package dev.forebay.gateway.plasma;

import dev.forebay.base.Clock;
import dev.forebay.wire.AuditLog;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes audit entries a moment later, from a thread of its own: a request takes no longer than an
 * entry, and its client must not wait for both. None is lost while the process lives: when the
 * buffer is full the request writes its entry itself. Safe for use by many threads.
 */
final class AuditBuffer implements AuditLog, AutoCloseable {
    private static final int ENTRIES_MAX = 10_000;

    /** Between looks into the empty buffer, so that requests need not wake the thread. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final AuditLog target;
    private final Clock clock;

    /** An empty element ends the thread. */
    private final BlockingQueue<Optional<Entry>> queue = new LinkedBlockingQueue<>(ENTRIES_MAX);

    private final Thread writer;
    private volatile boolean closed;

    private AuditBuffer(AuditLog target, Clock clock) {
        this.target = target;
        this.clock = clock;
        this.writer =
                Thread.ofPlatform()
                        .daemon()
                        .name(PlasmaGateway.NAME + "-audit")
                        .unstarted(this::writeAll);
    }

    static AuditBuffer start(AuditLog target, Clock clock) {
        AuditBuffer buffer = new AuditBuffer(target, clock);
        buffer.writer.start();
        return buffer;
    }

    @Override
    public void record(Entry entry) {
        if (closed || !queue.offer(Optional.of(entry))) {
            target.record(entry);
        }
    }

    private void writeAll() {
        try {
            for (var next = queue.take(); next.isPresent(); next = queue.take()) {
                target.record(next.get());
                if (queue.isEmpty()) {
                    clock.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is left. The thread is not interrupted, which would close the file it writes. */
    @Override
    public void close() {
        closed = true;
        try {
            queue.put(Optional.empty());
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
