package dev.forebay.block;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which chunks of an open block matched their checksum once. Grows as the block does. Safe for use
 * by many threads; a mark made while it grows may be lost, and the chunk is then checked again.
 */
final class VerifiedChunks {
    private volatile AtomicLongArray marks = new AtomicLongArray(1);

    boolean contains(int chunk) {
        AtomicLongArray current = marks;
        int word = chunk / Long.SIZE;
        return word < current.length() && (current.get(word) & (1L << chunk)) != 0;
    }

    void add(int chunk) {
        int word = chunk / Long.SIZE;
        if (word >= marks.length()) {
            grow(word + 1);
        }
        marks.getAndUpdate(word, old -> old | (1L << chunk));
    }

    private synchronized void grow(int words) {
        AtomicLongArray current = marks;
        if (words > current.length()) {
            AtomicLongArray larger = new AtomicLongArray(Math.max(words, current.length() * 2));
            for (int i = 0; i < current.length(); i++) {
                larger.set(i, current.get(i));
            }
            marks = larger;
        }
    }
}
