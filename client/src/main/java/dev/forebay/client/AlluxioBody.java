package dev.forebay.client;

import dev.forebay.client.rest.RestResponse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Bytes of a file on their way, from a stream of the service or a range. Used by one thread. */
final class AlluxioBody implements AutoCloseable {
    private static final int PIECE = 64 * 1024;

    private final AlluxioCalls calls;
    private final String path;
    private final RestResponse response;
    private final OptionalLong stream;
    private long position;
    private boolean ended;

    /**
     * Takes over an answer.
     *
     * @param origin where the bytes come from
     */
    AlluxioBody(AlluxioCalls calls, String path, RestResponse response, Origin origin) {
        this.calls = calls;
        this.path = path;
        this.response = response;
        this.stream = origin.stream();
        this.position = origin.position();
    }

    /**
     * Where the bytes come from.
     *
     * @param stream the stream of the service to close behind it; absent for a range
     * @param position of the first byte of the answer in the file
     */
    record Origin(OptionalLong stream, long position) {}

    long position() {
        return position;
    }

    /** Reads at least one byte; -1 at the end. */
    int read(ByteBuffer target) {
        try {
            int count = readSome(response.body(), target);
            position += Math.max(count, 0);
            ended = count < 0;
            return count;
        } catch (IOException e) {
            throw calls.failure(e, path);
        }
    }

    /** Reads and drops what lies before {@code next}; stops at the end of the file. */
    void skipTo(long next) {
        ByteBuffer dropped = ByteBuffer.allocate(PIECE);
        while (position < next && !ended) {
            dropped.clear().limit((int) Math.min(PIECE, next - position));
            read(dropped);
        }
    }

    /**
     * Drops what was not read and closes the stream of the service. Alluxio 2.9.6 can crash as a
     * whole when a stream is closed that it is still sending; there it is left to expire, which
     * takes it an hour.
     */
    @Override
    public void close() {
        if (ended) {
            closeResponse();
        } else {
            response.abandon();
        }
        if (stream.isPresent() && (ended || calls.servesRanges())) {
            calls.closeStream(stream.getAsLong(), path);
        }
    }

    private void closeResponse() {
        try {
            response.close();
        } catch (IOException e) {
            throw calls.failure(e, path);
        }
    }

    private static int readSome(InputStream source, ByteBuffer target) throws IOException {
        if (target.hasArray()) {
            int count =
                    source.read(
                            target.array(),
                            target.arrayOffset() + target.position(),
                            target.remaining());
            target.position(target.position() + Math.max(count, 0));
            return count;
        }
        byte[] piece = new byte[Math.min(PIECE, target.remaining())];
        int count = source.read(piece);
        target.put(piece, 0, Math.max(count, 0));
        return count;
    }
}
