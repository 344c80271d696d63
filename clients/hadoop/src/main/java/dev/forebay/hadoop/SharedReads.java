package dev.forebay.hadoop;

import java.util.concurrent.atomic.LongAdder;

/** Counts what one file system read from shared memory. Safe for use by many threads. */
public final class SharedReads {
    private final LongAdder streams = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    SharedReads() {}

    void open() {
        streams.increment();
    }

    void add(long count) {
        bytes.add(count);
    }

    /** Files that were opened in shared memory. */
    public long streams() {
        return streams.sum();
    }

    /** Bytes that were read from there. */
    public long bytes() {
        return bytes.sum();
    }
}
