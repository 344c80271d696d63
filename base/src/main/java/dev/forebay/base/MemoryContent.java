package dev.forebay.base;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of one file in memory, in pages that are made when they are written to. Safe for use by
 * many threads.
 */
final class MemoryContent {
    private static final int PAGE_LENGTH = 64 * 1024;
    private static final byte[] EMPTY = {};

    /** A page shorter than {@link #PAGE_LENGTH} reads as zeros behind its end. */
    private final List<byte[]> pages = new ArrayList<>();

    private long length;

    synchronized long length() {
        return length;
    }

    synchronized int read(long position, ByteBuffer target) {
        int total = (int) Math.max(0, Math.min(target.remaining(), length - position));
        for (int done = 0; done < total; ) {
            int offset = (int) ((position + done) % PAGE_LENGTH);
            int count = Math.min(total - done, PAGE_LENGTH - offset);
            copyOut((int) ((position + done) / PAGE_LENGTH), offset, count, target);
            done += count;
        }
        return total;
    }

    private void copyOut(int index, int offset, int count, ByteBuffer target) {
        byte[] page = index < pages.size() ? pages.get(index) : EMPTY;
        int present = Math.clamp(page.length - offset, 0, count);
        target.put(page, Math.min(offset, page.length), present);
        target.put(new byte[count - present]);
    }

    synchronized void write(long position, ByteBuffer source) {
        long at = position;
        while (source.hasRemaining()) {
            int offset = (int) (at % PAGE_LENGTH);
            int count = Math.min(source.remaining(), PAGE_LENGTH - offset);
            source.get(page((int) (at / PAGE_LENGTH), offset + count), offset, count);
            at += count;
        }
        length = Math.max(length, at);
    }

    /** The page with room for {@code capacity} bytes, made or grown as needed. */
    private byte[] page(int index, int capacity) {
        while (pages.size() <= index) {
            pages.add(EMPTY);
        }
        byte[] page = pages.get(index);
        if (page.length < capacity) {
            page = Arrays.copyOf(page, Math.clamp(page.length * 2L, capacity, PAGE_LENGTH));
            pages.set(index, page);
        }
        return page;
    }

    synchronized void resize(long to) {
        if (to < length) {
            int kept = (int) ((to + PAGE_LENGTH - 1) / PAGE_LENGTH);
            while (pages.size() > kept) {
                pages.removeLast();
            }
            int offset = (int) (to % PAGE_LENGTH);
            if (offset > 0 && pages.size() == kept && pages.getLast().length > offset) {
                pages.set(kept - 1, Arrays.copyOf(pages.getLast(), offset));
            }
        }
        length = to;
    }
}
