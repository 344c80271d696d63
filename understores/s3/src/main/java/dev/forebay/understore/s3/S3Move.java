package dev.forebay.understore.s3;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Renames keys, which S3 cannot: all are copied within the service, then the old ones are deleted.
 * When a copy fails the copies are deleted again, and nothing changed. When a deletion fails, or
 * the node dies, both names hold objects. Only what was copied is ever deleted.
 */
final class S3Move {
    private static final Logger LOG = LoggerFactory.getLogger(S3Move.class);
    private static final int WORKERS = 16;
    static final int OBJECTS_MAX = 1_000_000;

    private final S3Bucket bucket;
    private final S3Sizes sizes;

    S3Move(S3Bucket bucket, S3Sizes sizes) {
        this.bucket = bucket;
        this.sizes = sizes;
    }

    /**
     * Renames all keys with a prefix.
     *
     * @throws dev.forebay.base.error.Invalid when one of them would become too long
     */
    void moveAll(String source, String target) {
        List<S3Object> objects = all(source);
        objects.forEach(object -> S3Keys.checkLength(renamed(object, source, target)));
        Queue<String> copies = new ConcurrentLinkedQueue<>();
        try {
            inParallel(
                    objects,
                    object -> {
                        String copy = renamed(object, source, target);
                        copy(object, copy);
                        copies.add(copy);
                    });
        } catch (ForebayException e) {
            undo(List.copyOf(copies));
            throw e;
        }
        inParallel(objects, object -> bucket.delete(object.key()));
    }

    private static String renamed(S3Object object, String source, String target) {
        return target + object.key().substring(source.length());
    }

    private List<S3Object> all(String prefix) {
        List<S3Object> objects = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            var page = bucket.all(prefix, token);
            page.contents().forEach(object -> objects.add(S3Object.of(object)));
            if (objects.size() > OBJECTS_MAX) {
                throw new Unsupported("directory to rename has over 1,000,000 objects", prefix);
            }
            token = Optional.ofNullable(page.nextContinuationToken());
        } while (token.isPresent());
        return objects;
    }

    private void undo(List<String> copies) {
        try {
            inParallel(copies, bucket::delete);
        } catch (ForebayException e) {
            LOG.warn("copies of a failed rename are left behind count={}", copies.size(), e);
        }
    }

    /** Copies one object as long as it is still the one seen. */
    void copy(S3Object source, String target) {
        if (source.length() > sizes.copyLengthMax()) {
            copyInParts(source, target);
            return;
        }
        CopyObjectRequest request =
                CopyObjectRequest.builder()
                        .sourceBucket(bucket.name())
                        .sourceKey(source.key())
                        .copySourceIfMatch(source.quotedTag())
                        .destinationBucket(bucket.name())
                        .destinationKey(target)
                        .overrideConfiguration(bucket.patience(source.length()))
                        .build();
        S3Bucket.call(source.key(), () -> bucket.client().copyObject(request));
    }

    private void copyInParts(S3Object source, String target) {
        S3Upload upload = S3Upload.begin(bucket, likeness(source, target));
        boolean complete = false;
        try {
            long partLength = sizes.copyPartLength(source.length());
            for (long at = 0; at < source.length(); at += partLength) {
                upload.copy(source, at, Math.min(partLength, source.length() - at));
            }
            upload.complete(source.length());
            complete = true;
        } finally {
            if (!complete) {
                upload.abort();
            }
        }
    }

    /** A copy in parts keeps nothing by itself; these are what a copy in one keeps. */
    private CreateMultipartUploadRequest likeness(S3Object source, String target) {
        HeadObjectRequest head =
                HeadObjectRequest.builder()
                        .bucket(bucket.name())
                        .key(source.key())
                        .overrideConfiguration(bucket.patience(0))
                        .build();
        HeadObjectResponse kept =
                S3Bucket.call(source.key(), () -> bucket.client().headObject(head));
        return CreateMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(target)
                .contentType(kept.contentType())
                .contentEncoding(kept.contentEncoding())
                .contentLanguage(kept.contentLanguage())
                .contentDisposition(kept.contentDisposition())
                .cacheControl(kept.cacheControl())
                .metadata(kept.metadata())
                .overrideConfiguration(bucket.patience(0))
                .build();
    }

    /** Runs work for each item on a few threads; stops at the first failure and throws it. */
    private static <T> void inParallel(List<T> items, Consumer<T> work) {
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        List<Future<?>> workers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Math.min(WORKERS, items.size()); i++) {
                workers.add(threads.submit(() -> drain(left, work)));
            }
        }
        workers.forEach(S3Move::join);
    }

    private static <T> void drain(Queue<T> left, Consumer<T> work) {
        for (T item = left.poll(); item != null; item = left.poll()) {
            boolean done = false;
            try {
                work.accept(item);
                done = true;
            } finally {
                if (!done) {
                    left.clear();
                }
            }
        }
    }

    private static void join(Future<?> worker) {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NotFound missing) {
                throw new NotFound("a file went away during the rename", missing.subject(), e);
            }
            if (e.getCause() instanceof ForebayException error) {
                throw error;
            }
            throw new dev.forebay.base.error.Internal("rename failed", "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted during a rename", "", e);
        }
    }
}
