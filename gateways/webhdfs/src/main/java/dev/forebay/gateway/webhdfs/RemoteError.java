package dev.forebay.gateway.webhdfs;

import dev.forebay.wire.Json;

import java.io.ByteArrayOutputStream;

/**
 * An error in the protocol's form.
 *
 * @param httpStatus 400 to 599; clients read the document of 400, 401, 403, 404 and 500
 * @param className the Java class that Hadoop's own client throws
 * @param message for people
 */
record RemoteError(int httpStatus, String className, String message) {
    static final String IO = "java.io.IOException";
    static final String FILE_NOT_FOUND = "java.io.FileNotFoundException";
    static final String ILLEGAL_ARGUMENT = "java.lang.IllegalArgumentException";
    static final String UNSUPPORTED = "java.lang.UnsupportedOperationException";
    static final String AUTHORIZATION =
            "org.apache.hadoop.security.authorize.AuthorizationException";
    static final String ACCESS_CONTROL = "org.apache.hadoop.security.AccessControlException";
    static final String SECURITY = "java.lang.SecurityException";
    static final String INVALID_TOKEN =
            "org.apache.hadoop.security.token.SecretManager$InvalidToken";
    static final String SAFE_MODE = "org.apache.hadoop.hdfs.server.namenode.SafeModeException";
    static final String RETRIABLE = "org.apache.hadoop.ipc.RetriableException";
    static final String RUNTIME = "java.lang.RuntimeException";

    static RemoteError illegal(String message) {
        return new RemoteError(400, ILLEGAL_ARGUMENT, message);
    }

    static RemoteError unsupported(String message) {
        return new RemoteError(400, UNSUPPORTED, message);
    }

    /** An error of the real system's file system layer: every IOException but a missing file. */
    static RemoteError failed(String className, String message) {
        return new RemoteError(403, className, message);
    }

    /** Who asks has not shown who it is. */
    static RemoteError unauthorized(String className, String message) {
        return new RemoteError(401, className, message);
    }

    static RemoteError notFound(String message) {
        return new RemoteError(404, FILE_NOT_FOUND, message);
    }

    /** An error that was found before any gateway code ran. */
    static RemoteError ofHttp(int httpStatus, String message) {
        String className =
                switch (httpStatus) {
                    case 401 -> SECURITY;
                    case 403 -> ACCESS_CONTROL;
                    case 404 -> FILE_NOT_FOUND;
                    case 503 -> RETRIABLE;
                    default -> httpStatus < 500 ? ILLEGAL_ARGUMENT : RUNTIME;
                };
        return new RemoteError(httpStatus, className, message);
    }

    /** The class without its package, by which clients tell errors apart. */
    String exception() {
        int dot = Math.max(className.lastIndexOf('.'), className.lastIndexOf('$'));
        return className.substring(dot + 1);
    }

    /** The body of the answer. */
    byte[] json() {
        var target = new ByteArrayOutputStream(200);
        try (var json = Json.writer(target)) {
            json.writeStartObject()
                    .writeObjectPropertyStart("RemoteException")
                    .writeStringProperty("exception", exception())
                    .writeStringProperty("javaClassName", className)
                    .writeStringProperty("message", message)
                    .writeEndObject()
                    .writeEndObject();
        }
        return target.toByteArray();
    }

    /**
     * Carries an error from the place where a request is read to the place where it is answered.
     */
    static final class Refused extends RuntimeException {
        private final transient RemoteError error;

        Refused(RemoteError error) {
            super(error.message(), null, false, false);
            this.error = error;
        }

        RemoteError error() {
            return error;
        }
    }

    /** This error, to be thrown. */
    Refused refused() {
        return new Refused(this);
    }
}
