package dev.forebay.client.rest;

import java.io.IOException;
import java.util.Optional;

/** The server answered with an error. */
public final class RestFailure extends IOException {
    private final int code;
    private final String status;

    RestFailure(int code, Optional<String> status, String message) {
        super(message);
        this.code = code;
        this.status = status.orElse("");
    }

    /** The HTTP code, 300 to 599. */
    public int code() {
        return code;
    }

    /** The status text of the error object; empty when the server sent none. */
    public String status() {
        return status;
    }
}
