package dev.forebay.gateway.alluxio;

/** What a URL names, by its shape alone. */
sealed interface Route {
    /** What all URLs begin with. */
    String PREFIX = "/api/v1/";

    /**
     * {@code paths/{path}/{action}}: the action is what follows the last slash, so that a path may
     * itself end in an action's name.
     *
     * @param rawPath as sent, with its own slash at the front
     * @param action such as {@code get-status}
     */
    record OfPath(String rawPath, String action) implements Route {}

    /**
     * {@code streams/{id}/{action}}.
     *
     * @param id as sent
     * @param action such as {@code read}
     */
    record OfStream(String id, String action) implements Route {}

    /** {@code proxy/info}. */
    record OfProxy() implements Route {}

    /** Anything else. */
    record Unknown() implements Route {}

    /** Reads the path of a URL. */
    static Route parse(String rawPath) {
        if (!rawPath.startsWith(PREFIX)) {
            return new Unknown();
        }
        String rest = rawPath.substring(PREFIX.length());
        int slash = rest.lastIndexOf('/');
        if (rest.equals("proxy/info")) {
            return new OfProxy();
        } else if (rest.startsWith("paths/") && slash >= "paths/".length()) {
            return new OfPath(rest.substring("paths/".length(), slash), rest.substring(slash + 1));
        } else if (rest.startsWith("streams/") && slash >= "streams/".length()) {
            return new OfStream(
                    rest.substring("streams/".length(), slash), rest.substring(slash + 1));
        }
        return new Unknown();
    }
}
