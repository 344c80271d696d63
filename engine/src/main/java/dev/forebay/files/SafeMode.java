package dev.forebay.files;

import dev.forebay.base.error.ReadOnly;

/**
 * Whether the namespace takes changes. Off when the node starts. While it is on, nothing that a
 * client asks for changes a name, an attribute or the bytes of a file, and background work that
 * would do so waits. Safe for use by many threads.
 */
final class SafeMode {
    private volatile boolean on;

    boolean on() {
        return on;
    }

    void set(boolean wanted) {
        on = wanted;
    }

    /**
     * Passes while changes are taken.
     *
     * @throws ReadOnly while they are not
     */
    void requireOff(Object subject) {
        if (on) {
            throw new ReadOnly("safe mode is on, nothing may change", subject);
        }
    }
}
