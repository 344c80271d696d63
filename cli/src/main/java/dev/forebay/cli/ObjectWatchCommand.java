package dev.forebay.cli;

import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectEvents;
import dev.forebay.client.ObjectEvents.ObjectEvent;
import dev.forebay.client.ObjectEvents.SealedObject;
import dev.forebay.client.ObjectsException;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.EOFException;
import java.util.concurrent.Callable;

/** Prints what happens to objects. */
@Command(
        name = "watch",
        description = {
            "Print what happens to objects until Ctrl-C, those that are there first.",
            "A line is: sealed ID DATA METADATA, or: gone ID."
        })
final class ObjectWatchCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final ObjectStore store;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "End after so many lines.")
    private long lines = Long.MAX_VALUE;

    ObjectWatchCommand(Session session) {
        this.session = session;
        this.store = new ObjectStore(session);
    }

    @Override
    public Integer call() {
        try (ObjectClient client = store.connect();
                ObjectEvents events = client.subscribe()) {
            while (lines > 0) {
                print(
                        events.next()
                                .orElseThrow(
                                        () ->
                                                new ObjectsException.Unavailable(
                                                        "the store ended",
                                                        client.endpoint(),
                                                        new EOFException("no more events"))));
            }
        }
        return session.exitCode();
    }

    private void print(ObjectEvent event) {
        switch (event) {
            case ObjectEvent.Sealed sealed ->
                    sealed.objects().stream().limit(lines).forEach(this::print);
            case ObjectEvent.Gone gone -> {
                lines--;
                session.entry(
                        new JsonOutput().text("event", "gone").text("id", gone.id().toString()),
                        "gone   " + gone.id());
            }
        }
    }

    private void print(SealedObject object) {
        lines--;
        session.entry(
                new JsonOutput()
                        .text("event", "sealed")
                        .text("id", object.id().toString())
                        .number("dataLength", object.dataLength())
                        .number("metadataLength", object.metadataLength()),
                "sealed "
                        + object.id()
                        + " "
                        + object.dataLength()
                        + " "
                        + object.metadataLength());
    }
}
