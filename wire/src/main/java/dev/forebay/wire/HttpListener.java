package dev.forebay.wire;

import dev.forebay.base.error.Invalid;

import java.util.Set;

/**
 * One address that answers HTTP.
 *
 * @param name of the gateway, unique in a server
 * @param address where it listens
 * @param handler answers its requests
 * @param errors the form of errors that the handler does not see
 * @param origins of pages, other than its own, from which browsers may send requests; with {@code
 *     *} any
 */
public record HttpListener(
        String name, Address address, HttpHandler handler, ErrorBody errors, Set<String> origins) {
    /** Copies the origins. */
    public HttpListener {
        origins = Set.copyOf(origins);
    }

    /** A listener that refuses requests from pages of other sites. */
    public HttpListener(String name, Address address, HttpHandler handler, ErrorBody errors) {
        this(name, address, handler, errors, Set.of());
    }

    /** Whether pages of an origin may send requests. */
    boolean trusts(String origin) {
        return origins.contains("*") || origins.contains(origin);
    }

    /**
     * Where to listen.
     *
     * @param host name or address of the interface
     * @param port 0 to 65535; 0 for any free one
     * @param setting name of the setting that changes the port, for the error when it is taken
     */
    public record Address(String host, int port, String setting) {
        /** Checks the range. */
        public Address {
            if (port < 0 || port > 65535) {
                throw new Invalid("a port is not from 0 to 65535", setting + "=" + port);
            }
        }
    }
}
