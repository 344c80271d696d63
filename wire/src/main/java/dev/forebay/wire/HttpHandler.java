package dev.forebay.wire;

import java.io.IOException;

/** Answers the requests of one listener. Called by many threads at once. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request, on a virtual thread that may block. A handler that returns without an
     * answer, or throws before it has begun one, leaves it to the listener's {@link ErrorBody}; one
     * that throws in the middle of an answer makes the connection break.
     *
     * @throws IOException when the client went away; logged at debug only
     */
    void handle(HttpExchange exchange) throws IOException;
}
