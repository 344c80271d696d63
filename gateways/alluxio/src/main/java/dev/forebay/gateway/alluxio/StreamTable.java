package dev.forebay.gateway.alluxio;

import dev.forebay.base.Clock;
import dev.forebay.base.error.ForebayException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The open streams by number. Safe for use by many threads.
 *
 * <ul>
 *   <li>Numbers go up from 1 and are shared by readers and writers; after 2^31-1 they begin again,
 *       leaving out those in use.
 *   <li>At most {@code streamsMax} are open. Nothing else is held for a stream: connections come
 *       and go.
 *   <li>A stream that no request touches for the idle timeout is closed by {@link #expire}; one
 *       that is serving a request is in use, however slow the client is.
 * </ul>
 */
final class StreamTable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTable.class);

    private final int streamsMax;
    private final long idleNanos;
    private final Clock clock;
    private final Semaphore room;
    private final AtomicInteger next = new AtomicInteger(1);
    private final Map<Integer, Entry> open = new ConcurrentHashMap<>();

    StreamTable(int streamsMax, Duration idleTimeout, Clock clock) {
        this.streamsMax = streamsMax;
        this.idleNanos = idleTimeout.toNanos();
        this.clock = clock;
        this.room = new Semaphore(streamsMax);
    }

    /**
     * Opens a stream.
     *
     * @param opener called only when there is room
     * @return its number
     * @throws AlluxioError.Refused RESOURCE_EXHAUSTED when there is no room
     */
    int add(Supplier<OpenStream> opener) {
        if (!room.tryAcquire()) {
            throw AlluxioError.failed(
                            "RESOURCE_EXHAUSTED", "more than " + streamsMax + " streams are open")
                    .refused();
        }
        Entry entry = null;
        try {
            entry = new Entry(opener.get(), clock.nanos());
        } finally {
            if (entry == null) {
                room.release();
            }
        }
        int id = nextId();
        while (open.putIfAbsent(id, entry) != null) {
            id = nextId();
        }
        return id;
    }

    /**
     * Finds a stream and counts it as touched.
     *
     * @param id as sent
     * @throws AlluxioError.Refused when there is none
     */
    OpenStream load(String id) {
        Entry entry = open.get(number(id));
        if (entry == null) {
            throw OpenStream.missing();
        }
        entry.touchedNanos = clock.nanos();
        return entry.stream;
    }

    /** Counts a stream as touched when a request on it ends. */
    void touch(String id) {
        Entry entry = open.get(number(id));
        if (entry != null) {
            entry.touchedNanos = clock.nanos();
        }
    }

    /**
     * Closes a stream. When this throws anything but {@code Refused}, the stream stays.
     *
     * @throws AlluxioError.Refused when there is none
     */
    void close(String id) {
        load(id).close();
        remove(number(id));
    }

    /** The number of open streams. */
    int count() {
        return open.size();
    }

    /**
     * Closes what nobody touched for the idle timeout; files being written are completed with what
     * they have. A file that cannot be completed stays, and is tried again an idle timeout later.
     */
    void expire() {
        for (Map.Entry<Integer, Entry> one : open.entrySet()) {
            Entry entry = one.getValue();
            if (entry.stream.busy()) {
                entry.touchedNanos = clock.nanos();
            } else if (clock.nanos() - entry.touchedNanos >= idleNanos) {
                expire(one.getKey(), entry);
            }
        }
    }

    /** Closes all readers. Writers are left: their files stay incomplete and recoverable. */
    void abandon() {
        for (Map.Entry<Integer, Entry> one : open.entrySet()) {
            if (one.getValue().stream instanceof OpenReader) {
                expire(one.getKey(), one.getValue());
            } else {
                remove(one.getKey());
            }
        }
    }

    private void expire(int id, Entry entry) {
        try {
            entry.stream.close();
            remove(id);
            LOG.debug("stream closed by the node id={}", id);
        } catch (AlluxioError.Refused closedMeanwhile) {
            LOG.debug("stream was closed meanwhile id={}", id);
        } catch (ForebayException e) {
            entry.touchedNanos = clock.nanos();
            LOG.warn("idle stream could not be closed id={}", id, e);
        }
    }

    private void remove(int id) {
        if (open.remove(id) != null) {
            room.release();
        }
    }

    private int nextId() {
        return next.getAndUpdate(id -> id == Integer.MAX_VALUE ? 1 : id + 1);
    }

    /** The number in a URL; 0, which is never used, for what is none. */
    private static int number(String id) {
        if (id.isEmpty() || id.length() > 10 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        long value = Long.parseLong(id);
        return value > Integer.MAX_VALUE ? 0 : (int) value;
    }

    /** A stream and when it was last used. */
    private static final class Entry {
        private final OpenStream stream;
        private volatile long touchedNanos;

        Entry(OpenStream stream, long touchedNanos) {
            this.stream = stream;
            this.touchedNanos = touchedNanos;
        }
    }
}
