package dev.forebay.gateway.alluxio;

import dev.forebay.base.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Closes idle streams from time to time, on a thread of its own, until closed. */
final class StreamSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSweeper.class);
    private static final Duration INTERVAL_MAX = Duration.ofSeconds(30);

    private final Thread thread;

    private StreamSweeper(Thread thread) {
        this.thread = thread;
    }

    static StreamSweeper start(StreamTable streams, Clock clock, Duration idleTimeout) {
        Duration quarter = idleTimeout.dividedBy(4);
        Duration interval = quarter.compareTo(INTERVAL_MAX) < 0 ? quarter : INTERVAL_MAX;
        Thread thread =
                Thread.ofVirtual()
                        .name("alluxio-stream-sweeper")
                        .start(() -> run(streams, clock, interval));
        return new StreamSweeper(thread);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(StreamTable streams, Clock clock, Duration interval) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                clock.sleep(interval);
                streams.expire();
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException e) {
                LOG.error("idle streams could not be looked after", e);
            }
        }
    }
}
