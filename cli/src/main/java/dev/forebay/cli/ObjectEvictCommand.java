package dev.forebay.cli;

import dev.forebay.client.ObjectClient;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Evicts objects. */
@Command(
        name = "evict",
        description = {
            "Evict objects that nobody references, least recently used first.",
            "Prints the bytes that went, which may be more, or less when there are no others."
        })
final class ObjectEvictCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Parameters(paramLabel = "SIZE", description = "Bytes, or such as 64MB.")
    private String size = "";

    ObjectEvictCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        long wanted = Quantities.size(size);
        try (ObjectClient client = store.connect()) {
            long gone = client.evict(wanted);
            session.entry(new JsonOutput().number("evictedBytes", gone), Long.toString(gone));
        }
        return session.exitCode();
    }
}
