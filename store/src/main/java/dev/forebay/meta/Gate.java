package dev.forebay.meta;

import dev.forebay.base.error.Closed;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts running calls, so that closing can wait for them and later ones are refused. */
final class Gate {
    private final AtomicLong running = new AtomicLong();
    private final AtomicBoolean shut = new AtomicBoolean();
    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition idle = mutex.newCondition();

    /**
     * Lets a call in; {@link #leave} must follow.
     *
     * @throws Closed after {@link #shut}; nothing must follow
     */
    void enter() {
        // Counted first and checked second: shutting does these in the other order, so that one of
        // the two always sees the other.
        running.incrementAndGet();
        if (shut.get()) {
            leave();
            throw new Closed("the metadata store is closed", "");
        }
    }

    /** Ends a call. */
    void leave() {
        if (running.decrementAndGet() == 0 && shut.get()) {
            mutex.lock();
            try {
                idle.signalAll();
            } finally {
                mutex.unlock();
            }
        }
    }

    /**
     * Refuses later calls and waits for the running ones.
     *
     * @return whether this was the first shutting
     */
    boolean shut() {
        if (!shut.compareAndSet(false, true)) {
            return false;
        }
        mutex.lock();
        try {
            while (running.get() > 0) {
                idle.awaitUninterruptibly();
            }
        } finally {
            mutex.unlock();
        }
        return true;
    }
}
