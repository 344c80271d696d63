package dev.forebay.cli;

import dev.forebay.client.Snapshots;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Removes snapshots. */
@Command(name = "rm", description = "Remove snapshots of a directory.")
final class SnapshotRemoveCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory that they are of.")
    private String directory = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "NAME", description = "Their names.")
    private List<String> names = List.of();

    SnapshotRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Snapshots snapshots = session.files().as(Snapshots.class);
        return session.each(
                names,
                name -> {
                    snapshots.delete(directory, name);
                    session.done("snapshot rm", directory + "/.snapshot/" + name);
                });
    }
}
