package dev.forebay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/**
 * Stands in for what the node itself does, so that help and completion know it. The forebay script
 * starts the node for these and never gets here.
 */
@Command
final class NodeCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "0..*", paramLabel = "OPTION", description = "See docs/cli.md.")
    private List<String> options = List.of();

    NodeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.console()
                .errorLine(
                        "forebay: the node does this itself, with these options: "
                                + options
                                + "\n  run it through the forebay script of the project");
        return ExitCode.USAGE.number();
    }
}
