package dev.forebay.arena;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/** Who is to be told, once the lock is free, that a resident was evicted. */
final class Evictions {
    private static final Logger log = LoggerFactory.getLogger(Evictions.class);

    private List<Runnable> callbacks = List.of();

    void add(Runnable callback) {
        if (callbacks.isEmpty()) {
            callbacks = new ArrayList<>();
        }
        callbacks.add(callback);
    }

    /** Calls all; one that fails is logged, since the caller has nothing to do with it. */
    void tell() {
        for (Runnable callback : callbacks) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                log.error("a callback for an evicted resident failed", e);
            }
        }
    }
}
