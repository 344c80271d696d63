package dev.forebay.cli;

import dev.forebay.client.FileClient;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;

/** A command without options that does one thing to each path. */
@Command
final class EachPathCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    @Spec private CommandSpec spec = CommandSpec.create();

    private final Function<FileClient, Consumer<String>> power;

    /**
     * A command.
     *
     * @param power what a service can do to a path; fails where it cannot
     */
    EachPathCommand(Session session, Function<FileClient, Consumer<String>> power) {
        this.session = session;
        this.power = power;
    }

    @Override
    public Integer call() {
        Consumer<String> action = power.apply(session.files());
        return session.each(
                session.expand(paths),
                path -> {
                    action.accept(path);
                    session.done(spec.name(), path);
                });
    }
}
