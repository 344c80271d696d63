package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.ObjectsException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Copies an object out. */
@Command(
        name = "get",
        description = {
            "Copy an object to a local file; - for standard output, also when none is named.",
            "The local file appears, or is replaced with -f, when it is whole."
        })
final class ObjectGetCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Option(names = "--metadata", description = "The metadata instead of the data.")
    private boolean metadata;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long to wait for the object, such as 30s; not at all when not told.")
    private String timeout = "0s";

    @Option(
            names = {"-f", "--force"},
            description = "Replace a local file that is there.")
    private boolean force;

    @Parameters(index = "0", paramLabel = "ID", description = "40 hexadecimal digits.")
    private ObjectId id = new ObjectId(0, 0, 0);

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Or -.")
    private String file = "-";

    ObjectGetCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        Duration wait = Duration.ofMillis(Quantities.millis(timeout));
        if (!file.equals("-")) {
            ObjectBytes.requireFree(Path.of(file), force);
        }
        try (ObjectClient client = store.connect();
                ObjectHandle handle =
                        client.get(List.of(id), wait)
                                .getFirst()
                                .orElseThrow(() -> new ObjectsException.ObjectNotFound(id))) {
            copy(metadata ? handle.metadata() : handle.data());
        }
        return session.exitCode();
    }

    private void copy(MemorySegment bytes) {
        if (file.equals("-")) {
            ObjectBytes.pieces(bytes, piece -> session.console().write(piece, piece.length));
        } else {
            ObjectBytes.write(bytes, Path.of(file));
            session.done("get", id.toString());
        }
    }
}
