package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectInfo;
import dev.forebay.client.ObjectsException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Deletes objects. */
@Command(
        name = "rm",
        description = {
            "Delete objects.",
            "One in use goes when it is released; one being written, when it is sealed and"
                    + " released."
        })
final class ObjectRemoveCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Option(
            names = {"-f", "--force"},
            description = "Objects that are not there are no failure.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "40 hexadecimal digits each.")
    private List<ObjectId> ids = List.of();

    ObjectRemoveCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        try (ObjectClient client = store.connect()) {
            Set<ObjectId> there =
                    client.list().stream().map(ObjectInfo::id).collect(Collectors.toSet());
            for (ObjectId id : ids) {
                session.attempt(() -> remove(client, id, there.contains(id)));
            }
        }
        return session.exitCode();
    }

    private void remove(ObjectClient client, ObjectId id, boolean there) {
        if (there) {
            client.delete(id);
            session.done("rm", id.toString());
        } else if (!force) {
            throw new ObjectsException.ObjectNotFound(id);
        }
    }
}
