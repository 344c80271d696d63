package dev.forebay.cli;

import dev.forebay.client.FreeOptions;
import dev.forebay.client.Residency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Gives up memory. */
@Command(name = "free", description = "Give up memory; the data stays on disk or in its store.")
final class FreeCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "All below as well.")
    private boolean recursive;

    @Option(
            names = {"-f", "--force"},
            description = "Pinned files as well.")
    private boolean force;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    FreeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Residency residency = session.files().as(Residency.class);
        return session.each(
                session.expand(paths),
                path -> {
                    residency.free(path, new FreeOptions(recursive, force));
                    session.done("free", path);
                });
    }
}
