package dev.forebay.node;

import dev.forebay.client.FileWriter;

import java.nio.ByteBuffer;

/** A writer of the engine. */
final class EmbeddedWriter implements FileWriter {
    private final dev.forebay.files.FileWriter writer;

    EmbeddedWriter(dev.forebay.files.FileWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(ByteBuffer source) {
        EmbeddedErrors.run(() -> writer.write(source));
    }

    @Override
    public long position() {
        return writer.position();
    }

    @Override
    public void hflush() {
        throw EmbeddedFiles.unsupported("hflush");
    }

    @Override
    public void hsync() {
        throw EmbeddedFiles.unsupported("hsync");
    }

    @Override
    public void close() {
        EmbeddedErrors.run(writer::close);
    }

    @Override
    public void abort() {
        EmbeddedErrors.run(writer::abort);
    }
}
