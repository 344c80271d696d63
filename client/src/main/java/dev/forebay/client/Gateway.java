package dev.forebay.client;

/**
 * Where a node serves one protocol.
 *
 * @param name such as {@code alluxio}
 * @param protocol such as {@code http}
 * @param host name or address to connect to
 * @param port 1 to 65535
 */
public record Gateway(String name, String protocol, String host, int port) {}
