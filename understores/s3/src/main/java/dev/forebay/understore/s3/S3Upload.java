package dev.forebay.understore.s3;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotFound;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A multipart upload that was begun. Belongs to one thread. */
final class S3Upload {
    private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

    /** Joining parts is faster than sending them, yet some services copy. */
    private static final int COMPLETION_SPEED = 64;

    private final S3Bucket bucket;
    private final String key;
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final MessageDigest digests = S3Part.md5Digest();

    private S3Upload(S3Bucket bucket, String key, String id) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
    }

    static S3Upload begin(S3Bucket bucket, String key) {
        return begin(
                bucket,
                CreateMultipartUploadRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .contentType("application/octet-stream")
                        .overrideConfiguration(bucket.patience(0))
                        .build());
    }

    static S3Upload begin(S3Bucket bucket, CreateMultipartUploadRequest request) {
        String id =
                S3Bucket.call(request.key(), () -> bucket.client().createMultipartUpload(request))
                        .uploadId();
        return new S3Upload(bucket, request.key(), id);
    }

    /** The number of the next part, from 1. */
    int nextNumber() {
        return parts.size() + 1;
    }

    /** Sends the next part; nothing is taken when it fails. */
    void send(S3Part part) {
        byte[] digest = part.digest();
        UploadPartRequest request =
                UploadPartRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .partNumber(nextNumber())
                        .contentMD5(Base64.getEncoder().encodeToString(digest))
                        .overrideConfiguration(bucket.patience(part.length()))
                        .build();
        String tag =
                S3Bucket.call(key, () -> bucket.client().uploadPart(request, part.body())).eTag();
        digests.update(digest);
        add(tag);
    }

    /** Takes over a range of another object of the bucket as the next part. */
    void copy(S3Object source, long position, long length) {
        UploadPartCopyRequest request =
                UploadPartCopyRequest.builder()
                        .sourceBucket(bucket.name())
                        .sourceKey(source.key())
                        .copySourceIfMatch(source.quotedTag())
                        .copySourceRange("bytes=" + position + "-" + (position + length - 1))
                        .destinationBucket(bucket.name())
                        .destinationKey(key)
                        .uploadId(id)
                        .partNumber(nextNumber())
                        .overrideConfiguration(bucket.patience(length))
                        .build();
        add(
                S3Bucket.call(key, () -> bucket.client().uploadPartCopy(request))
                        .copyPartResult()
                        .eTag());
    }

    private void add(String tag) {
        parts.add(CompletedPart.builder().partNumber(nextNumber()).eTag(tag).build());
    }

    /**
     * Makes the object out of the parts.
     *
     * @param length of all parts, bytes
     */
    S3Object complete(long length) {
        CompleteMultipartUploadRequest request =
                CompleteMultipartUploadRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(all -> all.parts(parts))
                        .overrideConfiguration(bucket.patience(length / COMPLETION_SPEED))
                        .build();
        try {
            CompleteMultipartUploadResponse answer =
                    S3Bucket.call(key, () -> bucket.client().completeMultipartUpload(request));
            return S3Object.of(
                    key,
                    Optional.of(length),
                    S3Object.date(answer.sdkHttpResponse()),
                    Optional.ofNullable(answer.eTag()));
        } catch (NotFound e) {
            return completedBefore(e);
        }
    }

    /**
     * An answer that got lost is asked for again, and then the upload is gone because it succeeded.
     * The tag of an object made of parts tells: it is the MD5 of the MD5s of the parts.
     */
    private S3Object completedBefore(NotFound error) {
        String expected = HexFormat.of().formatHex(digests.digest()) + "-" + parts.size();
        return bucket.head(key)
                .filter(object -> object.tag().equals(expected))
                .orElseThrow(() -> error);
    }

    /** Drops the parts; what cannot be dropped is left to the bucket's life cycle rules. */
    void abort() {
        AbortMultipartUploadRequest request =
                AbortMultipartUploadRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .overrideConfiguration(bucket.patience(0))
                        .build();
        try {
            S3Bucket.call(key, () -> bucket.client().abortMultipartUpload(request));
        } catch (NotFound e) {
            LOG.debug("upload to abort is gone already key={}", key);
        } catch (ForebayException e) {
            LOG.warn("parts of an upload are left behind key={} upload={}", key, id, e);
        }
    }
}
