package dev.forebay.node;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;

import picocli.CommandLine;

import java.util.Arrays;

/**
 * The process: {@code up} runs a node, {@code fsck} checks the data of one that is stopped, {@code
 * plasma-store} serves objects only, with the flags and exit codes of the program it stands for.
 */
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
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals(PlasmaStore.NAME)) {
            var flags = Arrays.asList(arguments).subList(1, arguments.length);
            System.exit(PlasmaStore.run(flags, System.out, System.err));
        }
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
