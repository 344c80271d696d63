package dev.forebay.understore.s3;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.understore.OpenOnce;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderWriter;

import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Sends a file: in one request when it is shorter than a part, else as a multipart upload, of which
 * nothing is visible until it is completed. Belongs to one thread.
 */
final class S3Writer implements UnderWriter {
    private final S3Bucket bucket;
    private final S3Sizes sizes;
    private final FilePath path;
    private final String key;
    private final OpenOnce state;
    private final S3Part part = new S3Part();
    private Optional<S3Upload> upload = Optional.empty();
    private long length;

    S3Writer(S3Bucket bucket, S3Sizes sizes, FilePath path, String key) {
        this.bucket = bucket;
        this.sizes = sizes;
        this.path = path;
        this.key = key;
        this.state = new OpenOnce(path);
    }

    @Override
    public void write(ByteBuffer source) {
        state.check();
        if (length + source.remaining() > S3Sizes.OBJECT_LENGTH_MAX) {
            throw new Invalid("S3 objects have at most 5 TiB", path);
        }
        while (source.hasRemaining()) {
            long partLength = sizes.partLength(upload.map(S3Upload::nextNumber).orElse(1));
            if (part.length() == partLength) {
                sendPart();
            } else {
                int before = source.remaining();
                part.fill(source, partLength);
                length += before - source.remaining();
            }
        }
    }

    private void sendPart() {
        if (upload.isEmpty()) {
            upload = Optional.of(S3Upload.begin(bucket, key));
        }
        upload.get().send(part);
        part.clear();
    }

    @Override
    public UnderStatus commit() {
        state.check();
        S3Object made = upload.isEmpty() ? putWhole() : complete(upload.get());
        state.end();
        return made.status(path.name());
    }

    private S3Object putWhole() {
        try {
            PutObjectResponse answer = bucket.put(key, part);
            return S3Object.of(
                    key,
                    Optional.of(length),
                    S3Object.date(answer.sdkHttpResponse()),
                    Optional.ofNullable(answer.eTag()));
        } catch (NotFound e) {
            throw new NotFound("the bucket is gone", bucket.name(), e);
        }
    }

    private S3Object complete(S3Upload begun) {
        if (part.length() > 0) {
            sendPart();
        }
        return begun.complete(length);
    }

    @Override
    public void close() {
        if (state.end() && upload.isPresent()) {
            upload.get().abort();
        }
    }
}
