package dev.forebay.cli;

import dev.forebay.client.Snapshots;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Gives a snapshot another name. */
@Command(name = "rename", description = "Give a snapshot another name.")
final class SnapshotRenameCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory that it is of.")
    private String directory = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The name that it has.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "OTHER", description = "The name that it gets.")
    private String other = "";

    SnapshotRenameCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.files().as(Snapshots.class).rename(directory, name, other);
        session.done("snapshot rename", directory);
        return session.exitCode();
    }
}
