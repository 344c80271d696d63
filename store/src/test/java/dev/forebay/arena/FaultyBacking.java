package dev.forebay.arena;

import dev.forebay.base.error.OutOfSpace;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.Optional;

/**
 * A backing that knows which pages are backed, has a limit, fails when told, and refuses what makes
 * no sense. It takes no memory unless somebody writes.
 */
final class FaultyBacking implements Backing {
    final BitSet pages = new BitSet();
    private final PrivateBacking memory;
    long bytesMax = Long.MAX_VALUE;
    int callsUntilFailure = Integer.MAX_VALUE;
    long backCalls;
    private long bytes;

    FaultyBacking(long addressSpace) {
        memory = new PrivateBacking(addressSpace);
    }

    long bytes() {
        return bytes;
    }

    boolean backed(long offset) {
        return pages.get(page(offset));
    }

    @Override
    public MemorySegment memory() {
        return memory.memory();
    }

    @Override
    public int pageSize() {
        return memory.pageSize();
    }

    @Override
    public void back(long offset, long length) {
        backCalls++;
        check(offset, length);
        int backed = pages.nextSetBit(page(offset));
        if (backed >= 0 && backed < page(offset + length)) {
            throw new AssertionError("backed twice");
        }
        if (--callsUntilFailure <= 0 || bytes() + length > bytesMax) {
            throw new OutOfSpace("planted", offset);
        }
        pages.set(page(offset), page(offset + length));
        bytes += length;
    }

    @Override
    public void discard(long offset, long length) {
        check(offset, length);
        bytes -= (long) pages.get(page(offset), page(offset + length)).cardinality() * pageSize();
        pages.clear(page(offset), page(offset + length));
    }

    @Override
    public Optional<Arena.SharedFile> sharedFile() {
        return Optional.empty();
    }

    @Override
    public void close() {
        memory.close();
    }

    private void check(long offset, long length) {
        if (offset % pageSize() != 0 || length % pageSize() != 0 || length <= 0) {
            throw new AssertionError("not whole pages");
        }
        if (offset < 0 || offset + length > memory().byteSize()) {
            throw new AssertionError("outside");
        }
    }

    private int page(long offset) {
        return Math.toIntExact(offset / pageSize());
    }
}
