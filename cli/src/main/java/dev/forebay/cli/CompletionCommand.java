package dev.forebay.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** Prints a completion script. */
@Command(
        name = "completion",
        description = {
            "Print a completion script for a shell.",
            "bash: source <(forebay completion bash)",
            "zsh:  source <(forebay completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "0..1", paramLabel = "bash|zsh", description = "bash when not told.")
    @SuppressWarnings("UnusedVariable") // only checked: one script serves both
    private Shell shell = Shell.bash;

    /** Shells by the names people type. */
    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Session session) {
        this.session = session;
    }

    /** The script finds out by itself which of the two shells reads it. */
    @Override
    public Integer call() {
        CommandLine all = Commands.all(session.console());
        session.console().line(AutoComplete.bash("forebay", all));
        return session.exitCode();
    }
}
