package dev.forebay.node;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;

import picocli.CommandLine;

/** The process: {@code up} runs a node, {@code fsck} checks the data of one that is stopped. */
@CommandLine.Command(
        name = "forebay",
        subcommands = {Up.class, Fsck.class},
        description = "Runs a node or checks its data.")
public final class Main {
    /** A wrong use of the command, or a setting that cannot be. */
    static final int USAGE = 2;

    private Main() {}

    /**
     * Runs the command and ends the process with its exit code: 0 when all went well, 1 when
     * something failed, 2 for wrong use.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        int code =
                new CommandLine(new Main())
                        .setExecutionExceptionHandler((e, line, _) -> report(e, line))
                        .execute(arguments);
        System.exit(code);
    }

    private static int report(Exception e, CommandLine line) throws Exception {
        if (e instanceof ForebayException known) {
            line.getErr().println("forebay: " + known.getMessage());
            return known instanceof Invalid ? USAGE : 1;
        }
        throw e;
    }
}
