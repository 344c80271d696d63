package dev.forebay.meta;

import dev.forebay.base.error.InvalidState;

/** Keeps a snapshot or a transaction within the thread and the time of its work. */
final class Scope {
    private final Thread thread = Thread.currentThread();
    private boolean ended;

    /**
     * Checks that the caller is the work itself.
     *
     * @throws InvalidState on another thread or after the end; native memory would be at stake
     */
    void check() {
        if (!thread.equals(Thread.currentThread())) {
            throw new InvalidState("a snapshot or transaction belongs to one thread", "");
        }
        if (ended) {
            throw new InvalidState("the snapshot or transaction has ended", "");
        }
    }

    void end() {
        ended = true;
    }
}
