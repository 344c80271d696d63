package dev.forebay.understore.s3;

import dev.forebay.base.error.Invalid;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The properties of a mount of S3. Each has a name of ours and those that Alluxio takes; the first
 * one given in the order written here counts.
 *
 * @param endpoint of a service other than Amazon's
 * @param region its name; empty to ask the environment
 * @param pathStyle whether the bucket goes into the path, not the host name; by default with an
 *     endpoint
 * @param anonymous whether requests are not signed
 * @param credentials to sign with; empty to ask the environment
 * @param connectTimeout until a connection stands, 1 ms to 10 min, default 5 s
 * @param readTimeout of silence within an answer, 1 ms to 10 min, default 30 s
 * @param tries of one request, 1 to 10, default 3
 */
record S3Settings(
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        boolean anonymous,
        Optional<S3Credentials> credentials,
        Duration connectTimeout,
        Duration readTimeout,
        int tries) {
    // names of Alluxio: its documentation of the S3 under store, and client.py users' mounts
    private static final List<String> ENDPOINT = List.of("endpoint", "alluxio.underfs.s3.endpoint");
    private static final List<String> REGION =
            List.of("region", "alluxio.underfs.s3.region", "alluxio.underfs.s3.endpoint.region");
    private static final List<String> PATH_STYLE =
            List.of("path-style", "alluxio.underfs.s3.disable.dns.buckets");
    private static final List<String> ACCESS_KEY =
            List.of("access-key", "s3a.accessKeyId", "aws.accessKeyId");
    private static final List<String> SECRET_KEY =
            List.of("secret-key", "s3a.secretKey", "aws.secretKey");
    private static final List<String> SESSION_TOKEN = List.of("session-token", "aws.sessionToken");
    private static final List<String> ANONYMOUS = List.of("anonymous");
    private static final List<String> CONNECT_TIMEOUT = List.of("connect-timeout");
    private static final List<String> READ_TIMEOUT = List.of("read-timeout");
    private static final List<String> TRIES = List.of("tries");

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);
    private static final int TRIES_MAX = 10;

    /**
     * Reads the properties. Values that may be secrets are never part of an error.
     *
     * @throws Invalid when a value is malformed, or one of the two keys lacks the other
     */
    static S3Settings parse(Map<String, String> properties) {
        Optional<URI> endpoint = find(properties, ENDPOINT).map(S3Settings::endpoint);
        return new S3Settings(
                endpoint,
                find(properties, REGION),
                flag(properties, PATH_STYLE, endpoint.isPresent()),
                flag(properties, ANONYMOUS, false),
                credentials(properties),
                duration(properties, CONNECT_TIMEOUT, Duration.ofSeconds(5)),
                duration(properties, READ_TIMEOUT, Duration.ofSeconds(30)),
                find(properties, TRIES).map(S3Settings::tries).orElse(3));
    }

    private static Optional<S3Credentials> credentials(Map<String, String> properties) {
        Optional<String> access = find(properties, ACCESS_KEY);
        Optional<String> secret = find(properties, SECRET_KEY);
        if (access.isPresent() != secret.isPresent()) {
            throw new Invalid(
                    "access key and secret key go together; missing",
                    access.isPresent() ? SECRET_KEY.getFirst() : ACCESS_KEY.getFirst());
        }
        return access.map(
                key ->
                        new S3Credentials(
                                key, secret.orElseThrow(), find(properties, SESSION_TOKEN)));
    }

    private static Optional<String> find(Map<String, String> properties, List<String> names) {
        return names.stream()
                .map(name -> properties.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "https://" + text);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new Invalid("endpoint is no URL", ENDPOINT.getFirst());
        }
        throw new Invalid("endpoint is not of the form https://host:port", ENDPOINT.getFirst());
    }

    private static boolean flag(Map<String, String> properties, List<String> names, boolean other) {
        return find(properties, names)
                .map(
                        text ->
                                switch (text) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default ->
                                            throw new Invalid(
                                                    "property is neither true nor false",
                                                    names.getFirst());
                                })
                .orElse(other);
    }

    private static Duration duration(
            Map<String, String> properties, List<String> names, Duration other) {
        return find(properties, names).map(text -> duration(text, names.getFirst())).orElse(other);
    }

    private static Duration duration(String text, String name) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new Invalid("property is no time such as 5s", name);
        }
        long count = Long.parseLong(matcher.group(1));
        Duration duration =
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    default -> Duration.ofMinutes(count);
                };
        if (duration.isZero() || duration.compareTo(TIMEOUT_MAX) > 0) {
            throw new Invalid("property is not within 1ms and 10m", name);
        }
        return duration;
    }

    private static int tries(String text) {
        if (!text.matches("[0-9]{1,2}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > TRIES_MAX) {
            throw new Invalid("property is no number from 1 to 10", TRIES.getFirst());
        }
        return Integer.parseInt(text);
    }
}
