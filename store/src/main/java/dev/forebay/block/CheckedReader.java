package dev.forebay.block;

import dev.forebay.base.error.Closed;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** One holder of a {@link CheckedFile}. */
final class CheckedReader implements BlockReader {
    private final CheckedFile file;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Takes over one hold of the file. */
    CheckedReader(CheckedFile file) {
        this.file = file;
    }

    @Override
    public long length() {
        return file.length();
    }

    @Override
    public int read(long position, ByteBuffer target) {
        if (closed.get()) {
            throw new Closed("reader is closed", file.id());
        }
        return file.read(position, target);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            file.release();
        }
    }
}
