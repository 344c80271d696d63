package dev.forebay.wire;

import dev.forebay.base.error.Invalid;

/**
 * One address that answers HTTP.
 *
 * @param name of the gateway, unique in a server
 * @param address where it listens
 * @param handler answers its requests
 * @param errors the form of errors that the handler does not see
 */
public record HttpListener(String name, Address address, HttpHandler handler, ErrorBody errors) {
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
