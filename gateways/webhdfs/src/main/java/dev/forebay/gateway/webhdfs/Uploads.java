package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.error.ForebayException;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.LeasedWriter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The uploads that run now, each under a lease of its own that one thread renews, so that a slow
 * client keeps its file. An upload that breaks off is undone: nothing half-done looks whole.
 */
final class Uploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    /** Well within the time after which others may take a lease, which is 60 seconds by default. */
    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(5);

    private final LeasedFileEngine engine;
    private final Set<String> holders = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();
    private final String prefix;
    private final Thread renewal;

    private Uploads(LeasedFileEngine engine, Clock clock) {
        this.engine = engine;
        // clients of other gateways choose the names of their holders
        this.prefix = "webhdfs-" + Long.toHexString(clock.millis()) + "-";
        this.renewal = Thread.ofVirtual().name("webhdfs-leases").unstarted(() -> renew(clock));
    }

    static Uploads start(LeasedFileEngine engine, Clock clock) {
        Uploads uploads = new Uploads(engine, clock);
        uploads.renewal.start();
        return uploads;
    }

    /** Uploads that run now. */
    int running() {
        return holders.size();
    }

    /**
     * Takes a request's body into a file and completes the file.
     *
     * @param opening makes the writer for a lease holder
     * @throws IOException when the client went away; what it sent of this body is dropped
     */
    void run(Call call, Function<String, LeasedWriter> opening) throws IOException {
        String holder = prefix + count.incrementAndGet();
        holders.add(holder);
        try {
            LeasedWriter writer = opening.apply(holder);
            try {
                call.exchange().receive(writer::write);
                writer.close();
            } catch (IOException | RuntimeException | Error e) {
                undo(writer, call.subject());
                throw e;
            }
        } finally {
            holders.remove(holder);
        }
    }

    /** Ends the renewals; call after the listener stopped. */
    @Override
    public void close() {
        renewal.interrupt();
        try {
            renewal.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void undo(LeasedWriter writer, String path) {
        try {
            writer.abort();
        } catch (ForebayException e) {
            LOG.warn("broken upload could not be undone path={}", path, e);
        }
    }

    private void renew(Clock clock) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                clock.sleep(RENEWAL_INTERVAL);
                holders.forEach(engine::renewLeases);
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                LOG.error("leases of uploads could not be renewed", e);
            }
        }
    }
}
