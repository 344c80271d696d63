package dev.forebay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Makes empty files. */
@Command(name = "touch", description = "Make empty files; those that are there stay as they are.")
final class TouchCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files.")
    private List<String> paths = List.of();

    TouchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(
                paths,
                path -> {
                    session.tools().touch(path);
                    session.done("touch", path);
                });
    }
}
