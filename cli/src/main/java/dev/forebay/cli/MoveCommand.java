package dev.forebay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Renames. */
@Command(name = "mv", description = "Rename, or move into a directory. Never replaces.")
final class MoveCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(
            arity = "2..*",
            paramLabel = "PATH",
            description = "Paths or patterns, the last one where they go.")
    private List<String> paths = List.of();

    MoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> sources = session.expand(paths.subList(0, paths.size() - 1));
        Destination destination = Destination.remote(session, paths.getLast(), sources.size());
        return session.each(
                sources,
                source -> {
                    session.files().rename(source, destination.of(Destination.name(source)));
                    session.done("mv", source);
                });
    }
}
