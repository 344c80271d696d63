package dev.forebay.client;

import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.RestConnection;
import dev.forebay.client.rest.RestFailure;
import dev.forebay.client.rest.RestRequest;
import dev.forebay.client.rest.RestResponse;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Requests whose failures are those of the API. The only place that translates them. */
final class RestCalls {
    private final RestConnection connection;

    RestCalls(RestConnection connection) {
        this.connection = connection;
    }

    String origin() {
        return connection.origin();
    }

    Json exchange(RestRequest request, String subject) {
        try {
            return connection.exchange(request);
        } catch (IOException e) {
            throw failure(e, subject);
        }
    }

    RestResponse open(RestRequest request, String subject) {
        try {
            return connection.open(request);
        } catch (IOException e) {
            throw failure(e, subject);
        }
    }

    FilesException failure(IOException cause, String subject) {
        if (cause instanceof RestFailure failure) {
            return FilesException.of(status(failure), reason(failure), subject, failure);
        }
        if (cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException) {
            return FilesException.of(Status.UNAVAILABLE, "cannot connect", origin(), cause);
        }
        if (cause instanceof SocketTimeoutException) {
            return FilesException.of(Status.DEADLINE_EXCEEDED, "no answer in time", subject, cause);
        }
        return FilesException.of(Status.UNAVAILABLE, "the connection broke off", subject, cause);
    }

    private static String reason(RestFailure failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty()
                ? "the server answered with HTTP " + failure.code()
                : message;
    }

    /** By the status text; where a proxy sends none, by the HTTP code. */
    static Status status(RestFailure failure) {
        return Status.find(failure.status())
                .orElseGet(
                        () ->
                                switch (failure.code()) {
                                    case 400, 411, 413, 414, 415, 431 -> Status.INVALID_ARGUMENT;
                                    case 401 -> Status.UNAUTHENTICATED;
                                    case 403 -> Status.PERMISSION_DENIED;
                                    case 404 -> Status.NOT_FOUND;
                                    case 405, 501 -> Status.UNIMPLEMENTED;
                                    case 409 -> Status.ABORTED;
                                    case 416 -> Status.OUT_OF_RANGE;
                                    case 502, 503 -> Status.UNAVAILABLE;
                                    case 408, 504 -> Status.DEADLINE_EXCEEDED;
                                    default -> Status.UNKNOWN;
                                });
    }
}
