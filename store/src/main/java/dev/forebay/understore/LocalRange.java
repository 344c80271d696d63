package dev.forebay.understore;

import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;
import dev.forebay.base.error.Invalid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a range of an open file, which it closes. Belongs to one thread. */
final class LocalRange extends InputStream {
    private final Disk.File file;
    private final long limit;
    private long position;

    private LocalRange(Disk.File file, long position, long limit) {
        this.file = file;
        this.position = position;
        this.limit = limit;
    }

    static LocalRange open(Disk.File file, FilePath path, UnderStore.Range range)
            throws IOException {
        long length = file.length();
        if (range.position() < 0 || range.length() < 0 || range.position() > length) {
            file.close();
            throw new Invalid("range lies outside the file", path);
        }
        long end = range.position() + Math.min(range.length(), length - range.position());
        return new LocalRange(file, range.position(), end);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int wanted = (int) Math.min(length, limit - position);
        if (wanted <= 0) {
            return -1;
        }
        int count = file.read(position, ByteBuffer.wrap(target, offset, wanted));
        if (count == 0) {
            throw new IOException("file was cut short while it was read");
        }
        position += count;
        return count;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, limit - position);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
