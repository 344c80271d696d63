package dev.forebay.client;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A reader as a stream. Errors are those of the API, not IOException. */
final class ReaderStream extends InputStream {
    private final FileReader reader;

    ReaderStream(FileReader reader) {
        this.reader = reader;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        return reader.read(ByteBuffer.wrap(target, offset, length));
    }

    @Override
    public void close() {
        reader.close();
    }
}
