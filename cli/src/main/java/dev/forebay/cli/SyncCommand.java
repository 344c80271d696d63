package dev.forebay.cli;

import dev.forebay.client.Mounts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Compare all below with the mounted store: additions, changes, removals. */
@Command(
        name = "sync",
        description = "Compare all below with the mounted store: additions, changes, removals.")
final class SyncCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    SyncCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Mounts mounts = session.files().as(Mounts.class);
        return session.each(
                session.expand(paths),
                path -> {
                    mounts.sync(path);
                    session.done("sync", path);
                });
    }
}
