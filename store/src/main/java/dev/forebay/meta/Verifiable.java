package dev.forebay.meta;

/** A store that can read all it has on disk and compare checksums. */
public interface Verifiable {
    /**
     * Reads everything that is stored. Reads and transactions go on meanwhile.
     *
     * @param progress told after each space
     * @throws dev.forebay.base.error.Corrupt at the first damage; nothing was changed
     * @throws dev.forebay.base.error.Closed after the store was closed
     */
    void verify(Progress progress);

    /** Takes the progress of a verification. */
    @FunctionalInterface
    interface Progress {
        /**
         * Takes one verified space.
         *
         * @param space its name
         * @param entries how many keys it has
         * @param bytes length of its keys and values
         */
        void verified(String space, long entries, long bytes);
    }
}
