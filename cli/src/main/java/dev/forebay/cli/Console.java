package dev.forebay.cli;

import dev.forebay.base.NameText;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What surrounds a command: streams and environment. Safe for use by many threads.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param environment variables by name
 * @param terminal whether a person looks at standard error
 */
record Console(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        boolean terminal) {

    /** Nobody reads standard output any more, as when it is piped into {@code head}. */
    static final class NoReader extends RuntimeException {
        NoReader() {
            super("standard output is closed");
        }
    }

    /** Writes a line; names that are not UTF-8 come out with the bytes they have. */
    void line(String text) {
        byte[] bytes = NameText.bytes(text + "\n");
        write(bytes, bytes.length);
    }

    /**
     * Writes bytes.
     *
     * @throws NoReader when nobody reads them
     */
    void write(byte[] bytes, int length) {
        out.write(bytes, 0, length);
        if (out.checkError()) {
            throw new NoReader();
        }
    }

    /** Writes a line to standard error. */
    void errorLine(String text) {
        byte[] bytes = NameText.bytes(text + "\n");
        err.write(bytes, 0, bytes.length);
        err.flush();
    }
}
