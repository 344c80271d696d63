package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectInfo;
import dev.forebay.client.ObjectsException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows all that is known of objects. */
@Command(name = "stat", description = "Show all that is known of objects.")
final class ObjectStatCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "40 hexadecimal digits each.")
    private List<ObjectId> ids = List.of();

    ObjectStatCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        Map<ObjectId, ObjectInfo> objects;
        try (ObjectClient client = store.connect()) {
            objects =
                    client.list().stream()
                            .collect(Collectors.toMap(ObjectInfo::id, Function.identity()));
        }
        for (ObjectId id : ids) {
            session.attempt(
                    () -> {
                        ObjectInfo object =
                                Optional.ofNullable(objects.get(id))
                                        .orElseThrow(() -> new ObjectsException.ObjectNotFound(id));
                        session.entry(ObjectEntries.json(object), ObjectEntries.text(object));
                    });
        }
        return session.exitCode();
    }
}
