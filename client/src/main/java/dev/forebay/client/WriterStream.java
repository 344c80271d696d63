package dev.forebay.client;

import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A writer as a stream. Errors are those of the API, not IOException. */
final class WriterStream extends OutputStream {
    private final FileWriter writer;

    WriterStream(FileWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        writer.write(ByteBuffer.wrap(source, offset, length));
    }

    @Override
    public void close() {
        writer.close();
    }
}
