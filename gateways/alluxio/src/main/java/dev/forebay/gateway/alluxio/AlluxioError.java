package dev.forebay.gateway.alluxio;

import dev.forebay.wire.Json;

import java.io.ByteArrayOutputStream;

/**
 * An error in the protocol's form.
 *
 * @param httpStatus 500 for a failed operation, 400, 404 and 405 for a request that names none
 * @param status one of the 16 texts that clients know
 * @param message for people
 */
record AlluxioError(int httpStatus, String status, String message) {
    static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";
    static final String NOT_FOUND = "NOT_FOUND";
    static final String INTERNAL = "INTERNAL";
    static final String UNIMPLEMENTED = "UNIMPLEMENTED";

    static AlluxioError failed(String status, String message) {
        return new AlluxioError(500, status, message);
    }

    /** An error that was found before any gateway code ran. */
    static AlluxioError ofHttp(int httpStatus, String message) {
        String status =
                switch (httpStatus) {
                    case 403 -> "PERMISSION_DENIED";
                    case 404 -> NOT_FOUND;
                    case 405, 501, 505 -> UNIMPLEMENTED;
                    case 408 -> "DEADLINE_EXCEEDED";
                    case 503 -> "UNAVAILABLE";
                    default -> httpStatus < 500 ? INVALID_ARGUMENT : INTERNAL;
                };
        return new AlluxioError(httpStatus, status, message);
    }

    /**
     * The body of the answer. The status goes under both keys: clients 0.1.1 and 0.1.2 read the
     * second, later ones the first.
     */
    byte[] json() {
        var target = new ByteArrayOutputStream(160);
        try (var json = Json.writer(target)) {
            json.writeStartObject()
                    .writeStringProperty("message", message)
                    .writeStringProperty("statusCode", status)
                    .writeStringProperty("status", status)
                    .writeEndObject();
        }
        return target.toByteArray();
    }

    /**
     * Carries an error from the place where a request is read to the place where it is answered.
     */
    static final class Refused extends RuntimeException {
        private final transient AlluxioError error;

        Refused(AlluxioError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        AlluxioError error() {
            return error;
        }
    }

    /** This error, to be thrown. */
    Refused refused() {
        return new Refused(this);
    }
}
