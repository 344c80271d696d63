package dev.forebay.node;

import dev.forebay.client.FileClient;
import dev.forebay.client.FileReader;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import java.nio.ByteBuffer;

/** A reader of the engine with a position of its own. */
final class EmbeddedReader implements FileReader {
    private final FileClient client;
    private final String path;
    private final dev.forebay.files.FileReader reader;
    private long position;

    EmbeddedReader(FileClient client, String path, dev.forebay.files.FileReader reader) {
        this.client = client;
        this.path = path;
        this.reader = reader;
    }

    @Override
    public int read(ByteBuffer target) {
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = readAt(position, target);
        position += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public int readAt(long from, ByteBuffer target) {
        if (from < 0) {
            throw negative(from);
        }
        return EmbeddedErrors.call(() -> reader.read(from, target));
    }

    private static FilesException negative(long position) {
        return FilesException.of(
                Status.INVALID_ARGUMENT,
                "a position must not be negative",
                Long.toString(position));
    }

    @Override
    public void seek(long to) {
        if (to < 0) {
            throw negative(to);
        }
        position = to;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return reader.length();
    }

    @Override
    public dev.forebay.client.FileStatus status() {
        return client.stat(path);
    }

    @Override
    public <T> T as(Class<T> power) {
        throw EmbeddedFiles.unsupported(power.getSimpleName());
    }

    @Override
    public void close() {
        EmbeddedErrors.run(reader::close);
    }
}
