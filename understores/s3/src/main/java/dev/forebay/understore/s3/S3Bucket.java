package dev.forebay.understore.s3;

import dev.forebay.base.error.NotFound;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The requests to one bucket, with bounded time and errors made ours. Knows keys, not paths. Safe
 * for use by many threads.
 */
final class S3Bucket implements AutoCloseable {
    private static final int HTTP_NOT_FOUND = 404;
    private static final int HTTP_RANGE_NOT_SATISFIABLE = 416;

    /** The slowest upload that is waited for, bytes per second. */
    private static final long UPLOAD_RATE_MIN = 64 * 1024;

    private final S3Client client;
    private final String name;
    private final S3Sizes sizes;
    private final Duration attemptTimeout;

    S3Bucket(S3Client client, String name, S3Settings settings, S3Sizes sizes) {
        this.sizes = sizes;
        this.client = client;
        this.name = name;
        this.attemptTimeout =
                settings.connectTimeout().plus(settings.readTimeout().multipliedBy(2));
    }

    S3Client client() {
        return client;
    }

    String name() {
        return name;
    }

    Optional<S3Object> head(String key) {
        return call(
                key,
                () -> {
                    try {
                        HeadObjectResponse answer =
                                client.headObject(
                                        request ->
                                                request.bucket(name)
                                                        .key(key)
                                                        .overrideConfiguration(patience(0)));
                        return Optional.of(
                                S3Object.of(
                                        key,
                                        Optional.ofNullable(answer.contentLength()),
                                        Optional.ofNullable(answer.lastModified()),
                                        Optional.ofNullable(answer.eTag())));
                    } catch (AwsServiceException e) {
                        // a HEAD answer has no body that could tell a missing bucket
                        if (e.statusCode() == HTTP_NOT_FOUND) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                });
    }

    /** The first keys with this prefix. */
    List<String> first(String prefix, int count) {
        ListObjectsV2Request request = listRequest(prefix).toBuilder().maxKeys(count).build();
        return call(prefix, () -> client.listObjectsV2(request)).contents().stream()
                .map(object -> object.key())
                .toList();
    }

    /** One page of what lies directly below a prefix that ends with a slash or is empty. */
    ListObjectsV2Response children(String prefix, Optional<String> token) {
        ListObjectsV2Request request =
                listRequest(prefix).toBuilder()
                        .delimiter("/")
                        .continuationToken(token.orElse(null))
                        .build();
        return call(prefix, () -> client.listObjectsV2(request));
    }

    /** One page of all keys with a prefix. */
    ListObjectsV2Response all(String prefix, Optional<String> token) {
        ListObjectsV2Request request =
                listRequest(prefix).toBuilder().continuationToken(token.orElse(null)).build();
        return call(prefix, () -> client.listObjectsV2(request));
    }

    private ListObjectsV2Request listRequest(String prefix) {
        return ListObjectsV2Request.builder()
                .bucket(name)
                .prefix(prefix)
                .maxKeys(sizes.pageLength())
                .overrideConfiguration(patience(0))
                .build();
    }

    /**
     * Opens a range; empty when it begins at or beyond the end.
     *
     * @param tag that the object must still have; empty for any
     */
    Optional<ResponseInputStream<GetObjectResponse>> get(
            String key, String range, Optional<String> tag) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder()
                        .bucket(name)
                        .key(key)
                        .range(range)
                        .overrideConfiguration(patience(0));
        tag.ifPresent(value -> request.ifMatch("\"" + value + "\""));
        try {
            return Optional.of(client.getObject(request.build()));
        } catch (AwsServiceException e) {
            if (e.statusCode() == HTTP_RANGE_NOT_SATISFIABLE) {
                return Optional.empty();
            }
            throw S3Errors.of(e, key);
        } catch (SdkException e) {
            throw S3Errors.of(e, key);
        }
    }

    PutObjectResponse put(String key, S3Part content) {
        return call(
                key,
                () ->
                        client.putObject(
                                request ->
                                        request.bucket(name)
                                                .key(key)
                                                .contentMD5(content.md5())
                                                .overrideConfiguration(patience(content.length())),
                                content.body()));
    }

    /** Puts the empty object that stands for a directory. */
    void putMarker(String key) {
        call(
                key,
                () ->
                        client.putObject(
                                request ->
                                        request.bucket(name)
                                                .key(key)
                                                .contentType("application/x-directory")
                                                .overrideConfiguration(patience(0)),
                                RequestBody.empty()));
    }

    /** Deletes an object; no error when there is none. */
    void delete(String key) {
        call(
                key,
                () ->
                        client.deleteObject(
                                request ->
                                        request.bucket(name)
                                                .key(key)
                                                .overrideConfiguration(patience(0))));
    }

    /** How long one try may take that sends so many bytes: nothing below bounds a stuck write. */
    AwsRequestOverrideConfiguration patience(long length) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(attemptTimeout.plusSeconds(length / UPLOAD_RATE_MIN))
                .build();
    }

    /**
     * Runs a request.
     *
     * @throws NotFound and others, as {@link S3Errors} says
     */
    static <T> T call(String key, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Errors.of(e, key);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
