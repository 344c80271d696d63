package dev.forebay.cli;

import dev.forebay.client.Snapshots;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Makes a snapshot. */
@Command(name = "create", description = "Make a snapshot and print where it is.")
final class SnapshotCreateCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(index = "0", paramLabel = "DIR", description = "A directory that may have them.")
    private String directory = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Else the time.")
    private String name = "";

    SnapshotCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Snapshots snapshots = session.files().as(Snapshots.class);
        String path =
                name.isEmpty() ? snapshots.create(directory) : snapshots.create(directory, name);
        session.entry(new JsonOutput().text("path", path), path);
        return session.exitCode();
    }
}
