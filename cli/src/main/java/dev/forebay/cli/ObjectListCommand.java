package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectInfo;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

/** Lists objects. */
@Command(name = "ls", description = "List the objects, oldest first.")
final class ObjectListCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    private final Clock clock;

    ObjectListCommand(Session session, Clock clock) {
        this.session = session;
        this.store = new ObjectStore(session);
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<ObjectInfo> objects;
        try (ObjectClient client = store.connect()) {
            objects = client.list();
        }
        if (!session.json()) {
            session.console().line(ObjectEntries.HEADING);
        }
        long now = clock.millis();
        objects.stream()
                .sorted(Comparator.comparing(ObjectInfo::created).thenComparing(ObjectInfo::id))
                .forEach(
                        object ->
                                session.entry(
                                        ObjectEntries.json(object),
                                        ObjectEntries.line(object, now)));
        return session.exitCode();
    }
}
