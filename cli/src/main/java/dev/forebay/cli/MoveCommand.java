package dev.forebay.cli;

import dev.forebay.client.RenameOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Renames. */
@Command(
        name = "mv",
        description = "Rename, or move into a directory. Replaces files only when told.")
final class MoveCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-f", "--force"},
            description = "Replace a file that is there, in one step.")
    private boolean force;

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
        RenameOptions options = force ? RenameOptions.OVERWRITE : RenameOptions.DEFAULT;
        return session.each(
                sources,
                source -> {
                    String target = destination.of(Destination.name(source));
                    session.files().rename(source, target, options);
                    session.done("mv", source);
                });
    }
}
