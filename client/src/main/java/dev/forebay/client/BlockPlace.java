package dev.forebay.client;

import java.util.List;

/**
 * Where one block of a file lies.
 *
 * @param offset of its first byte in the file
 * @param length bytes
 * @param hosts names of the machines that have it
 * @param addresses where these serve it, each {@code address:port}
 * @param corrupt whether no copy is good
 */
public record BlockPlace(
        long offset, long length, List<String> hosts, List<String> addresses, boolean corrupt) {
    /** Copies the lists. */
    public BlockPlace {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
    }
}
