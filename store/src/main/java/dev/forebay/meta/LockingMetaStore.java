package dev.forebay.meta;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.Unavailable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The one transaction protocol, over any {@link Storage}.
 *
 * <p>A transaction buffers its writes and takes row locks as it goes. Its commit is one atomic,
 * durable write of the buffer, shared with others that commit at the time; its locks are held until
 * that write is durable and visible. Nobody, not even a snapshot, sees what is not durable.
 *
 * <p>Safe for use by many threads.
 */
final class LockingMetaStore implements MetaStore {
    private static final int TRIES_MAX = 50;
    private static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(10);

    /** No further try begins when this much time has passed. */
    private static final Duration RETRYING_MAX = Duration.ofSeconds(30);

    /** 2^64 divided by the golden ratio: spreads neighbouring numbers far apart. */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final Storage storage;
    private final Clock clock;
    private final LockTable locks;
    private final CommitQueue commits;
    private final Gate gate = new Gate();
    private final AtomicLong ages = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();

    LockingMetaStore(Storage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
        this.locks = new LockTable(LOCK_WAIT_MAX);
        this.commits = new CommitQueue(storage);
    }

    @Override
    public <T> T read(Function<Reader, T> work) {
        gate.enter();
        try (Storage.View view = storage.snapshot()) {
            reads.incrementAndGet();
            var reader = new ScopedReader(view);
            try {
                return work.apply(reader);
            } finally {
                reader.end();
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public <T> T transact(Function<Transaction, T> work) {
        gate.enter();
        try {
            return retry(work);
        } finally {
            gate.leave();
        }
    }

    private <T> T retry(Function<Transaction, T> work) {
        long age = ages.incrementAndGet();
        long end = clock.nanos() + RETRYING_MAX.toNanos();
        for (int tries = 1; ; tries++) {
            try {
                return runOnce(work, new LockOwner(age));
            } catch (Undone e) {
                if (tries == TRIES_MAX || clock.nanos() - end > 0) {
                    throw new Conflict("a transaction gave up, tries", tries, e);
                }
                backOff(age, tries);
            }
        }
    }

    private <T> T runOnce(Function<Transaction, T> work, LockOwner owner) {
        var transaction = new LockingTransaction(storage, locks, owner);
        try {
            T result = work.apply(transaction);
            WriteSet writes = transaction.end();
            if (locks.isUndone(owner)) {
                // The work caught what was meant to unwind it.
                throw new Undone("ran on after it was undone");
            }
            if (!writes.isEmpty()) {
                commits.commit(writes);
            }
            return result;
        } finally {
            transaction.end();
            locks.release(owner);
        }
    }

    /** Sleeps tries squared milliseconds, and up to as much again so that rivals part. */
    private void backOff(long age, int tries) {
        retries.incrementAndGet();
        long millis = (long) tries * tries;
        long mixed = (age * 31 + tries) * GOLDEN_RATIO;
        long jitter = (mixed >>> 32) % (millis + 1);
        try {
            clock.sleep(Duration.ofMillis(millis + jitter));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted between two tries of a transaction", "", e);
        }
    }

    @Override
    public Map<String, Long> statistics() {
        gate.enter();
        try {
            Map<String, Long> figures = new HashMap<>(storage.statistics());
            figures.putAll(locks.statistics());
            figures.putAll(commits.statistics());
            figures.put("transactions_count", ages.get());
            figures.put("transaction_retries_count", retries.get());
            figures.put("reads_count", reads.get());
            return Map.copyOf(figures);
        } finally {
            gate.leave();
        }
    }

    /** Runs work of the storage's owner that must not meet a close, such as a verification. */
    void whileOpen(Runnable work) {
        gate.enter();
        try {
            work.run();
        } finally {
            gate.leave();
        }
    }

    @Override
    public void close() {
        if (gate.shut()) {
            storage.close();
        }
    }
}
