package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.Gateway;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.Status;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The option that says where objects are, and the way to them. */
final class ObjectStore {
    /** Where clients look when nobody tells them. */
    private static final Path SOCKET = Path.of("/tmp/plasma");

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = {
                "The socket of a node or a plasma_store.",
                "Without it that of the node, and /tmp/plasma when no node answers."
            })
    private @Nullable Path socket;

    private final Session session;

    ObjectStore(Session session) {
        this.session = session;
    }

    ObjectClient connect() {
        Path asked = socket;
        return ObjectClient.connect(asked == null ? ofNode() : asked);
    }

    private Path ofNode() {
        try {
            return session.forebay().gateways().stream()
                    .filter(gateway -> gateway.name().equals("plasma"))
                    .map(Gateway::host)
                    .map(Path::of)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    FilesException.of(
                                            Status.UNIMPLEMENTED,
                                            "the node has this gateway turned off",
                                            "plasma"));
        } catch (FilesException.Unavailable e) {
            if (!session.address("").isEmpty()) {
                throw e;
            }
            return SOCKET;
        }
    }
}
