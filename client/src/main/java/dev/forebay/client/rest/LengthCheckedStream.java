package dev.forebay.client.rest;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length was announced. The platform's own stream ends early in silence. */
final class LengthCheckedStream extends FilterInputStream {
    private long remaining;

    LengthCheckedStream(InputStream source, long length) {
        super(source);
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? -1 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    @Override
    public long skip(long length) throws IOException {
        long count = super.skip(length);
        remaining -= count;
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int count) throws IOException {
        if (count >= 0) {
            remaining -= count;
        } else if (remaining > 0) {
            throw new EOFException("the answer was cut short");
        }
    }
}
