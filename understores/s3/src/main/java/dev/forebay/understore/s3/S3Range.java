package dev.forebay.understore.s3;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Unsupported;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The bytes of a range. A connection that breaks, or ends early, is made again from where it broke,
 * and only while the object is still the same: bytes of two contents never mix, and an early end is
 * never taken for the end. Belongs to one thread.
 */
final class S3Range extends InputStream {
    private static final Logger LOG = LoggerFactory.getLogger(S3Range.class);

    private final S3Bucket bucket;
    private final String key;
    private final String tag;
    private final long limit;
    private long position;
    private int triesLeft;
    private ResponseInputStream<GetObjectResponse> stream;

    private S3Range(
            S3Bucket bucket, String key, Span span, ResponseInputStream<GetObjectResponse> stream) {
        this.bucket = bucket;
        this.key = key;
        this.stream = stream;
        this.tag = Optional.ofNullable(stream.response().eTag()).orElse("");
        this.position = span.position;
        this.limit = span.position + Math.min(span.length, stream.response().contentLength());
        this.triesLeft = span.tries;
    }

    /** Where to begin, where to stop at the latest, and how often to connect again. */
    record Span(long position, long length, int tries) {
        /** As a header says it; RFC 9110 section 14.2. */
        String header() {
            boolean endless = length > Long.MAX_VALUE - position;
            return "bytes=" + position + "-" + (endless ? "" : position + length - 1);
        }
    }

    /** Sends the first request; empty when the range begins at or beyond the end. */
    static Optional<InputStream> open(S3Bucket bucket, String key, Span span) {
        return bucket.get(key, span.header(), Optional.empty())
                .map(stream -> checked(bucket, key, span, stream));
    }

    private static S3Range checked(
            S3Bucket bucket, String key, Span span, ResponseInputStream<GetObjectResponse> stream) {
        if (stream.response().contentLength() == null || !beginsAt(stream, span.position)) {
            stream.abort();
            throw new Unsupported("S3 service ignores ranges", key);
        }
        return new S3Range(bucket, key, span, stream);
    }

    private static boolean beginsAt(ResponseInputStream<GetObjectResponse> stream, long position) {
        String range = stream.response().contentRange();
        return range == null ? position == 0 : range.startsWith("bytes " + position + "-");
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
        while (true) {
            int count = tryRead(target, offset, wanted);
            if (count > 0) {
                position += count;
                return count;
            }
            connectAgain();
        }
    }

    /** Reads something, or nothing when the connection gave in. */
    private int tryRead(byte[] target, int offset, int length) throws IOException {
        try {
            return stream.read(target, offset, length);
        } catch (IOException e) {
            if (triesLeft == 0) {
                throw e;
            }
            LOG.debug("S3 stream broke key={} position={}", key, position, e);
            return -1;
        }
    }

    private void connectAgain() throws IOException {
        if (triesLeft == 0 || tag.isEmpty()) {
            throw new IOException("S3 stream ended early");
        }
        triesLeft--;
        stream.abort();
        try {
            Span rest = new Span(position, limit - position, 0);
            stream =
                    bucket.get(key, rest.header(), Optional.of(S3Object.unquoted(tag)))
                            .orElseThrow(() -> new IOException("S3 object became shorter"));
        } catch (ForebayException e) {
            throw new IOException("S3 stream ended early", e);
        }
        if (!beginsAt(stream, position)) {
            throw new IOException("S3 service ignores ranges");
        }
    }

    @Override
    public void close() throws IOException {
        if (position < limit) {
            stream.abort(); // closing would read the rest
        }
        stream.close();
    }
}
