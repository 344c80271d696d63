package dev.forebay.client;

/**
 * Where a worker listens. Ports are 0 to 65535, 0 where it has none.
 *
 * @param host name or address
 * @param rpcPort for calls
 * @param dataPort for bytes
 * @param webPort for browsers
 */
public record WorkerNetAddress(String host, int rpcPort, int dataPort, int webPort) {}
