package dev.forebay.cli;

import dev.forebay.client.Snapshots;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

/** Lists snapshots, or which directories may have some. */
@Command(
        name = "ls",
        description = {
            "List the snapshots of directories, oldest first.",
            "Without one, the directories of the node that may have snapshots."
        })
final class SnapshotListCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Paths or patterns.")
    private List<String> directories = List.of();

    SnapshotListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Snapshots snapshots = session.files().as(Snapshots.class);
        if (directories.isEmpty()) {
            snapshots.roots().forEach(this::print);
            return session.exitCode();
        }
        return session.each(
                session.expand(directories), path -> snapshots.list(path).forEach(this::print));
    }

    private void print(Snapshots.Root root) {
        session.entry(
                new JsonOutput().text("path", root.path()).number("snapshots", root.count()),
                String.format("%6d %s", root.count(), root.path()));
    }

    private void print(Snapshots.Snapshot snapshot) {
        Instant created = Instant.ofEpochMilli(snapshot.createdMillis());
        session.entry(
                new JsonOutput()
                        .text("path", snapshot.path())
                        .text("name", snapshot.name())
                        .number("created", snapshot.createdMillis()),
                created.truncatedTo(ChronoUnit.SECONDS) + " " + snapshot.path());
    }
}
