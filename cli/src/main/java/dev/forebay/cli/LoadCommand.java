package dev.forebay.cli;

import dev.forebay.client.Residency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Brings files into memory. */
@Command(name = "load", description = "Bring files into memory.")
final class LoadCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "All files below directories.")
    private boolean recursive;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    LoadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Residency residency = session.files().as(Residency.class);
        return session.each(
                session.expand(paths),
                path -> {
                    residency.load(path, recursive);
                    session.done("load", path);
                });
    }
}
