package dev.forebay.client.rest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param method GET or POST
 * @param target path and query, percent-encoded
 * @param headers besides those that HTTP itself needs
 * @param body what is sent; absent for none
 */
public record RestRequest(
        String method, String target, Map<String, String> headers, Optional<ByteBuffer> body) {
    /** Copies the headers. */
    public RestRequest {
        headers = Map.copyOf(headers);
    }

    /** Asks for something. */
    public static RestRequest get(String target) {
        return new RestRequest("GET", target, Map.of(), Optional.empty());
    }

    /** Sends a JSON object. */
    public static RestRequest post(String target, JsonOutput options) {
        return new RestRequest(
                "POST",
                target,
                Map.of("Content-Type", "application/json"),
                Optional.of(ByteBuffer.wrap(options.toString().getBytes(StandardCharsets.UTF_8))));
    }

    /** Sends the remaining bytes of {@code body}, which are not copied. */
    public static RestRequest post(String target, ByteBuffer body) {
        return new RestRequest(
                "POST",
                target,
                Map.of("Content-Type", "application/octet-stream"),
                Optional.of(body));
    }

    /** This request with one more header. */
    public RestRequest withHeader(String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(headers);
        more.put(name, value);
        return new RestRequest(method, target, more, body);
    }
}
