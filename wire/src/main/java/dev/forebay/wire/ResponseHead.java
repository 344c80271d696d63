package dev.forebay.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes before the body of an answer.
 *
 * @param status HTTP status, 200 to 599
 * @param headers in the order they are sent; without Content-Length, which comes from the body
 */
public record ResponseHead(int status, List<Header> headers) {
    /** 200 with a JSON document. */
    public static final ResponseHead JSON = of(200).with("Content-Type", "application/json");

    /** 200 with raw bytes. */
    public static final ResponseHead BYTES =
            of(200).with("Content-Type", "application/octet-stream");

    /** Copies the headers. */
    public ResponseHead {
        headers = List.copyOf(headers);
    }

    /** A head without headers. */
    public static ResponseHead of(int status) {
        return new ResponseHead(status, List.of());
    }

    /** This head with one more header. */
    public ResponseHead with(String name, String value) {
        List<Header> longer = new ArrayList<>(headers);
        longer.add(new Header(name, value));
        return new ResponseHead(status, longer);
    }

    /** This head with another status. */
    public ResponseHead withStatus(int other) {
        return new ResponseHead(other, headers);
    }

    /**
     * A header field.
     *
     * @param name in any case
     * @param value without line breaks
     */
    public record Header(String name, String value) {}
}
