package dev.forebay.client;

/**
 * Where a node serves one protocol.
 *
 * @param name such as {@code alluxio}
 * @param protocol such as {@code http} or {@code unix}
 * @param host name or address to connect to, or the path of a socket on the node's machine
 * @param port 1 to 65535; 0 for a socket with a path
 */
public record Gateway(String name, String protocol, String host, int port) {}
