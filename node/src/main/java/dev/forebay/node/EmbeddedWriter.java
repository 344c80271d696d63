package dev.forebay.node;

import dev.forebay.client.FileClient;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FileWriter;
import dev.forebay.files.LeasedWriter;

import java.nio.ByteBuffer;

/** A writer of the engine. */
final class EmbeddedWriter implements FileWriter {
    private final FileClient client;
    private final dev.forebay.files.FileWriter writer;

    EmbeddedWriter(FileClient client, dev.forebay.files.FileWriter writer) {
        this.client = client;
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
    public FileStatus status() {
        return client.stat(writer.path().toString());
    }

    @Override
    public void hflush() {
        EmbeddedErrors.run(leased("hflush")::flush);
    }

    @Override
    public void hsync() {
        EmbeddedErrors.run(leased("hsync")::sync);
    }

    private LeasedWriter leased(String what) {
        if (writer instanceof LeasedWriter leased) {
            return leased;
        }
        throw EmbeddedFiles.unsupported(what);
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
