package dev.forebay.client;

import dev.forebay.client.rest.RestResponse;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * A file read over the Alluxio REST, whose streams only go forward from the start.
 *
 * <p>Reading in order uses one such stream, with the read type asked for. A step away from it uses
 * ranges where the server announces them; these name the path, so a file replaced meanwhile is read
 * in its new form. Elsewhere a step forward reads and drops, a step back opens the file again.
 */
final class AlluxioReader implements FileReader {
    /** A step forward up to this many bytes is read and dropped rather than asked for. */
    static final long STEP_MAX = 1024 * 1024;

    private final AlluxioCalls calls;
    private final String path;
    private final OpenOptions options;
    private OptionalLong unread;
    private @Nullable AlluxioBody body;
    private long position;
    private volatile long length = -1;

    /** Opens the file, so that errors show at once. */
    AlluxioReader(AlluxioCalls calls, String path, OpenOptions options) {
        this.calls = calls;
        this.path = path;
        this.options = options;
        this.unread = OptionalLong.of(openStream());
    }

    @Override
    public int read(ByteBuffer target) {
        if (!target.hasRemaining()) {
            return 0;
        }
        AlluxioBody current = bodyAt(position);
        if (current == null) {
            return -1;
        }
        int count = current.read(target);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public int readAt(long from, ByteBuffer target) {
        requirePosition(from);
        if (!target.hasRemaining() || from >= length()) {
            return 0;
        }
        int start = target.position();
        try (AlluxioBody range =
                calls.servesRanges()
                        ? range(from, OptionalLong.of(from + target.remaining() - 1))
                        : streamBody(openStream())) {
            range.skipTo(from);
            int count = 0;
            while (count >= 0 && target.hasRemaining()) {
                count = range.read(target);
            }
        }
        return target.position() - start;
    }

    @Override
    public void seek(long next) {
        requirePosition(next);
        position = next;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        if (length < 0) {
            length = status().length();
        }
        return length;
    }

    @Override
    public FileStatus status() {
        return FileStatusDecoder.decode(calls.path(path, "get-status", OptionEncoder.none()));
    }

    @Override
    public <T> T as(Class<T> power) {
        throw AlluxioFiles.unsupported(power.getSimpleName());
    }

    @Override
    public void close() {
        AlluxioBody last = body;
        body = null;
        OptionalLong id = unread;
        unread = OptionalLong.empty();
        if (last != null) {
            last.close();
        }
        if (id.isPresent()) {
            calls.closeStream(id.getAsLong(), path);
        }
    }

    /** A body whose next byte is at {@code next}; null beyond the end of the file. */
    private @Nullable AlluxioBody bodyAt(long next) {
        AlluxioBody current = body;
        if (current != null && current.position() == next) {
            return current;
        }
        boolean forward = current == null ? next >= 0 : next > current.position();
        long step = next - (current == null ? 0 : current.position());
        if (forward && (step <= STEP_MAX || !calls.servesRanges())) {
            current = current == null ? firstBody() : current;
        } else {
            close();
            if (next >= length()) {
                return null;
            }
            current =
                    next > 0 && calls.servesRanges()
                            ? range(next, OptionalLong.empty())
                            : streamBody(openStream());
        }
        body = current;
        current.skipTo(next);
        return current.position() == next ? current : null;
    }

    private AlluxioBody firstBody() {
        long id = unread.isPresent() ? unread.getAsLong() : openStream();
        unread = OptionalLong.empty();
        return streamBody(id);
    }

    private long openStream() {
        return calls.openStream(path, "open-file", OptionEncoder.encode(options));
    }

    private AlluxioBody streamBody(long id) {
        RestResponse response = calls.readStream(id, path);
        return new AlluxioBody(
                calls, path, response, new AlluxioBody.Origin(OptionalLong.of(id), 0));
    }

    private AlluxioBody range(long from, OptionalLong to) {
        RestResponse response = calls.readRange(path, from, to);
        // 200 in place of 206: the server gave the whole file
        long start = response.partial() ? from : 0;
        return new AlluxioBody(
                calls, path, response, new AlluxioBody.Origin(OptionalLong.empty(), start));
    }

    private void requirePosition(long value) {
        if (value < 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a position must not be negative", path);
        }
    }
}
