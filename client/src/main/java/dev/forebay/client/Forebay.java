package dev.forebay.client;

import dev.forebay.client.rest.JsonOutput;

import java.util.List;
import java.util.Optional;

/**
 * A node, with all that it serves. Safe for use by many threads.
 *
 * <pre>{@code
 * try (var forebay = Forebay.connect("forebay://localhost")) {
 *     forebay.files().list("/").forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Forebay implements AutoCloseable {
    private final AdminListener admin;
    private final List<Gateway> gateways;

    private Forebay(AdminListener admin, List<Gateway> gateways) {
        this.admin = admin;
        this.gateways = List.copyOf(gateways);
    }

    /**
     * Asks a node's admin listener what it serves where.
     *
     * @param uri {@code forebay://host}, with {@code :port} when it is not 8900
     * @throws FilesException.InvalidArgument when it is no such URI
     * @throws FilesException.Unimplemented for a bare proxy, which has no admin listener
     * @throws FilesException.Unavailable when nothing answers there
     */
    public static Forebay connect(String uri) {
        AdminListener admin = Connections.admin(uri);
        return new Forebay(admin, admin.gateways());
    }

    /** What the node served when this was connected. */
    public List<Gateway> gateways() {
        return gateways;
    }

    /**
     * Its files, over the Alluxio REST.
     *
     * @throws FilesException.Unimplemented when the node does not serve it
     */
    public FileClient files() {
        Gateway gateway =
                gateways.stream()
                        .filter(candidate -> candidate.name().equals("alluxio"))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        FilesException.of(
                                                Status.UNIMPLEMENTED,
                                                "the node has this gateway turned off",
                                                "alluxio"));
        return Connections.alluxio(gateway.host(), gateway.port(), Optional.of(admin));
    }

    /** The node's own account of itself as JSON text: version, gateways, configuration. */
    public String status() {
        return JsonOutput.write(admin.status());
    }

    /** What the node holds and has room for. */
    public Usage usage() {
        return admin.usage();
    }

    /** Ends the connection. Clients that were taken from here go on. */
    @Override
    public void close() {
        // each request has its own connection, which the platform keeps or drops by itself
    }
}
