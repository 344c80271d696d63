package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.FSDataInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * The bytes of a range of an open file, which it closes. An end before that of the range is an
 * error, never taken for the end. Belongs to one thread.
 */
final class HadoopRange extends InputStream {
    private final FSDataInputStream file;
    private long left;

    /**
     * Takes over a file that stands at the range's first byte.
     *
     * @param length bytes, all of which the file is said to have
     */
    HadoopRange(FSDataInputStream file, long length) {
        this.file = file;
        this.left = length;
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
        int wanted = (int) Math.min(length, left);
        if (wanted <= 0) {
            return -1;
        }
        int count = call(() -> file.read(target, offset, wanted));
        if (count <= 0) {
            throw new IOException("file was cut short while it was read");
        }
        left -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        call(
                () -> {
                    file.close();
                    return true;
                });
    }

    private static <T> T call(HadoopCalls.Call<T> call) throws IOException {
        try {
            return HadoopCalls.within(call);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException error = new InterruptedIOException("interrupted while reading");
            error.initCause(e);
            throw error;
        }
    }
}
