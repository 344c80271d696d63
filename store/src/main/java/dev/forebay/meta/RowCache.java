package dev.forebay.meta;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Small rows that were read or written lately, so that reading them again is a look into memory
 * instead of a call of native code; rows known to be absent, too. Each has one slot, which it
 * shares with all whose hash is the same.
 *
 * <p>Consistency, without a lock: time is cut into epochs; one begins with each write of a group,
 * and one when that write is over. From the first to the second, the slots of the rows written hold
 * no row; then those that were written. So a row in its slot is as it was in every epoch from its
 * own to now. A view uses it if the view is of one of these epochs, and adds a row only in the
 * epoch of the view.
 *
 * <p>Safe for use by many threads; writes come from one at a time.
 */
final class RowCache {
    /** The epoch of a reader of what is latest, which may use any row. */
    static final long LATEST = Long.MAX_VALUE;

    private static final int SLOTS = 1 << 15;

    /** Longest key and value in bytes; all slots together take 40 MiB at most. */
    private static final int LENGTH_MAX = 1 << 10;

    private final AtomicReferenceArray<Slot> slots;
    private final AtomicLong epoch = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * What is known of a row.
     *
     * @param value empty when there is no such row
     */
    record Known(Optional<byte[]> value) {}

    /** What a slot holds. Compared by identity, so that each is another. */
    private sealed interface Slot permits Row, Gap {}

    private static final class Row implements Slot {
        final Space space;
        final byte[] key;
        final Known known;
        final long epoch;

        Row(Space space, byte[] key, Known known, long epoch) {
            this.space = space;
            this.key = key;
            this.known = known;
            this.epoch = epoch;
        }
    }

    /** No row. */
    private static final class Gap implements Slot {
        /** Whether a row that belongs here is being written. */
        final boolean writing;

        Gap(boolean writing) {
            this.writing = writing;
        }
    }

    RowCache() {
        this(SLOTS);
    }

    /**
     * With fewer slots.
     *
     * @param count a power of two
     */
    RowCache(int count) {
        slots = new AtomicReferenceArray<>(count);
        for (int i = 0; i < count; i++) {
            slots.set(i, new Gap(false));
        }
    }

    /** The epoch of a view that is opened after this call. */
    long epoch() {
        return epoch.get();
    }

    private int slot(Space space, byte[] key) {
        int hash = RowKey.hash(space, key);
        // the low bits of neighbours differ least
        hash ^= hash >>> 16;
        hash *= 0x9E3779B9;
        return (hash >>> 12) & (slots.length() - 1);
    }

    /**
     * What is known of a row here; empty for nothing.
     *
     * @param view the epoch of the view that asks
     */
    Optional<Known> find(Space space, byte[] key, long view) {
        if (slots.get(slot(space, key)) instanceof Row row
                && row.epoch <= view
                && Arrays.equals(row.key, key)
                && row.space.equals(space)) {
            hits.increment();
            return Optional.of(new Known(row.known.value().map(byte[]::clone)));
        }
        misses.increment();
        return Optional.empty();
    }

    /**
     * Adds a row, unless something was written since.
     *
     * @param value empty when there is no such row
     * @param view the epoch of the view that read it
     */
    void add(Space space, byte[] key, Optional<byte[]> value, long view) {
        if (!fits(space, key, value)) {
            return;
        }
        int at = slot(space, key);
        Slot before = slots.get(at);
        boolean writing = before instanceof Gap gap && gap.writing;
        // In this order: a write changes the epoch first, then the slot.
        if (!writing && epoch.get() == view) {
            slots.compareAndSet(at, before, row(space, key, value, view));
        }
    }

    private static boolean fits(Space space, byte[] key, Optional<byte[]> value) {
        int length = value.map(bytes -> bytes.length).orElse(0);
        return key.length <= LENGTH_MAX && length <= LENGTH_MAX && !space.largeValues();
    }

    private static Row row(Space space, byte[] key, Optional<byte[]> value, long epoch) {
        return new Row(space, key.clone(), new Known(value.map(byte[]::clone)), epoch);
    }

    /** Notes that a group is about to be written. */
    void beginWrite(List<WriteSet> group) {
        epoch.incrementAndGet();
        for (WriteSet writes : group) {
            writes.forEach((space, key, _) -> slots.set(slot(space, key), new Gap(true)));
        }
    }

    /**
     * Notes that the write is over.
     *
     * @param done whether the rows are as they were to become; otherwise nobody knows
     */
    void endWrite(List<WriteSet> group, boolean done) {
        long now = epoch.incrementAndGet();
        for (WriteSet writes : group) {
            writes.forEach(
                    (space, key, change) -> {
                        boolean known = done && fits(space, key, change.value());
                        Slot next = known ? row(space, key, change.value(), now) : new Gap(false);
                        slots.set(slot(space, key), next);
                    });
        }
    }

    /** Figures for metrics. */
    Map<String, Long> statistics() {
        return Map.of("row_cache_hits_count", hits.sum(), "row_cache_misses_count", misses.sum());
    }
}
