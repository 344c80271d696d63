package dev.forebay.gateway.admin;

import java.util.List;
import java.util.Map;

/**
 * What the node tells about itself.
 *
 * @param version of the node
 * @param pid of its process
 * @param startedMillis when it started, milliseconds since 1970
 * @param uptimeMillis how long it has been up
 * @param gateways what listens where
 * @param dataDirectory told to callers on the same machine only
 * @param arena the shared memory
 * @param configuration effective settings; values of secret ones are hidden here
 */
public record NodeStatus(
        String version,
        long pid,
        long startedMillis,
        long uptimeMillis,
        List<Listening> gateways,
        String dataDirectory,
        Arena arena,
        Map<String, String> configuration) {
    /** Copies the collections. */
    public NodeStatus {
        gateways = List.copyOf(gateways);
        configuration = Map.copyOf(configuration);
    }

    /**
     * A gateway that listens.
     *
     * @param name such as {@code alluxio}
     * @param protocol such as {@code http} or {@code unix}
     * @param host name, address, or path of a socket
     * @param port 0 for a socket with a path
     */
    public record Listening(String name, String protocol, String host, int port) {}

    /**
     * The shared memory.
     *
     * @param capacity bytes that cached blocks and objects may take together
     * @param used bytes that they take
     * @param freeRanges free ranges of the address space, a measure of fragmentation
     * @param file a path that opens the memory, for this user; empty when it has none; told to
     *     callers on the same machine only
     * @param map percentages taken of equal pieces of the used part of the address space
     */
    public record Arena(long capacity, long used, long freeRanges, String file, List<Integer> map) {
        /** Copies the map. */
        public Arena {
            map = List.copyOf(map);
        }
    }
}
