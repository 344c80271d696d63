package dev.forebay.wire;

/**
 * The form in which a listener tells of errors that no handler saw: malformed requests, headers too
 * large, a handler that failed.
 */
@FunctionalInterface
public interface ErrorBody {
    /**
     * The JSON document of an error.
     *
     * @param status HTTP status, 400 to 599
     * @param message for people; without facts about the inside of the node
     * @return UTF-8
     */
    byte[] json(int status, String message);
}
