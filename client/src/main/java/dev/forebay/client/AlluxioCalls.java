package dev.forebay.client;

import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;
import dev.forebay.client.rest.JsonOutput;
import dev.forebay.client.rest.RequestTarget;
import dev.forebay.client.rest.RestConnection;
import dev.forebay.client.rest.RestRequest;
import dev.forebay.client.rest.RestResponse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The endpoints of the Alluxio 2.x REST, "paths" and "streams". Safe for use by many threads.
 *
 * <p>Every call but raw bytes sends a JSON object, be it empty: the close of a stream is refused by
 * Alluxio 2.9.6 without that content type.
 */
final class AlluxioCalls {
    // client.py of alluxio 0.1.4: url prefix
    private static final String PREFIX = "/api/v1/";
    private static final String RANGES = "forebay.ranges";

    private final RestCalls rest;
    private final AtomicReference<Optional<Boolean>> ranges =
            new AtomicReference<>(Optional.empty());

    AlluxioCalls(RestConnection connection) {
        this.rest = new RestCalls(connection);
    }

    Json path(String path, String action, JsonOutput options) {
        return rest.exchange(RestRequest.post(target(path, action), options), path);
    }

    void pathWith(String path, String actionAndQuery, JsonOutput options) {
        rest.exchange(RestRequest.post(target(path, actionAndQuery), options), path);
    }

    /** The members of a listing as they arrive. */
    Stream<FileStatus> list(String path, JsonOutput options) {
        RestResponse response =
                rest.open(RestRequest.post(target(path, "list-status"), options), path);
        try {
            JsonInput input = JsonInput.openArray(response.body());
            return StreamSupport.stream(new Listing(input, path), false).onClose(response::abandon);
        } catch (IOException e) {
            response.abandon();
            throw rest.failure(e, path);
        }
    }

    long openStream(String path, String action, JsonOutput options) {
        long id = path(path, action, options).whole(-1);
        if (id < 0) {
            throw FilesException.of(Status.INTERNAL, "the answer is no stream id", path);
        }
        return id;
    }

    void closeStream(long id, String path) {
        rest.exchange(RestRequest.post(stream(id, "close"), OptionEncoder.none()), path);
    }

    RestResponse readStream(long id, String path) {
        return rest.open(RestRequest.post(stream(id, "read"), OptionEncoder.none()), path);
    }

    /** Sends all remaining bytes of {@code source}. */
    void writeStream(long id, String path, ByteBuffer source) {
        long count = rest.exchange(RestRequest.post(stream(id, "write"), source), path).whole(-1);
        if (count != source.remaining()) {
            throw FilesException.of(Status.INTERNAL, "not all bytes were taken", path);
        }
        source.position(source.limit());
    }

    /**
     * Part of a file without a stream.
     *
     * @param from first byte, inside the file
     * @param to last byte; absent for the end of the file
     */
    RestResponse readRange(String path, long from, OptionalLong to) {
        String last = to.isPresent() ? Long.toString(to.getAsLong()) : "";
        return rest.open(
                RestRequest.get(target(path, "download-file"))
                        .withHeader("Range", "bytes=" + from + "-" + last),
                path);
    }

    /** Whether the server announces ranges. Asked for once. */
    boolean servesRanges() {
        Optional<Boolean> known = ranges.get();
        if (known.isEmpty()) {
            Json answer = rest.exchange(RestRequest.get(PREFIX + "proxy/info"), rest.origin());
            known = Optional.of(answer.field("configuration").field(RANGES).isTrue());
            ranges.set(known);
        }
        return known.get();
    }

    FilesException failure(IOException cause, String path) {
        return rest.failure(cause, path);
    }

    private static String target(String path, String action) {
        if (!path.startsWith("/")) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "the path is not absolute", path);
        }
        if (path.indexOf('\0') >= 0) {
            // refused here: servers drop the connection over it instead of answering
            throw FilesException.of(Status.INVALID_ARGUMENT, "a path holds NUL", path);
        }
        return PREFIX + "paths/" + RequestTarget.path(path) + "/" + action;
    }

    private static String stream(long id, String action) {
        return PREFIX + "streams/" + id + "/" + action;
    }

    private final class Listing extends AbstractSpliterator<FileStatus> {
        private final JsonInput input;
        private final String path;

        Listing(JsonInput input, String path) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
            this.input = input;
            this.path = path;
        }

        @Override
        public boolean tryAdvance(Consumer<? super FileStatus> action) {
            try {
                Optional<Json> item = input.nextItem();
                if (item.isEmpty()) {
                    input.close();
                    return false;
                }
                action.accept(FileStatusDecoder.decode(item.get()));
                return true;
            } catch (IOException e) {
                throw rest.failure(e, path);
            }
        }
    }
}
