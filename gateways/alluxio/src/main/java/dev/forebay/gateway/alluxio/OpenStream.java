package dev.forebay.gateway.alluxio;

import dev.forebay.wire.HttpExchange;

import java.io.IOException;

/** A file that a client holds open under a number. Serves one request at a time; others wait. */
sealed interface OpenStream permits OpenReader, OpenWriter {
    /**
     * Sends the rest of the file as the answer.
     *
     * @throws AlluxioError.Refused when the stream is for writing or closed
     */
    void read(HttpExchange exchange) throws IOException;

    /**
     * Appends the body of the request.
     *
     * @return bytes taken
     * @throws AlluxioError.Refused when the stream is for reading or closed
     * @throws IOException when the body broke off; what had come is kept
     */
    long write(HttpExchange exchange) throws IOException;

    /**
     * Closes; a file being written is completed. When this throws, the stream stays open and close
     * may be tried again.
     *
     * @throws AlluxioError.Refused when the stream is closed already
     */
    void close();

    /** Whether a request is being served at this moment. */
    boolean busy();

    /** What stands for a number that names no stream of the right kind. */
    static AlluxioError.Refused missing() {
        return AlluxioError.failed(AlluxioError.INTERNAL, "stream does not exist").refused();
    }
}
