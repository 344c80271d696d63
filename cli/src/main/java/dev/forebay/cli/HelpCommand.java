package dev.forebay.cli;

import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.concurrent.Callable;

/** Explains. */
@Command(name = "help", description = "Explain a command, or exit-codes.")
final class HelpCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "Or exit-codes.")
    private String topic = "";

    HelpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandLine all = Commands.all(session.console());
        if (topic.isEmpty()) {
            session.console().line(all.getUsageMessage());
            return ExitCode.OK.number();
        }
        if (topic.equals("exit-codes")) {
            for (ExitCode code : ExitCode.values()) {
                session.entry(
                        new JsonOutput()
                                .number("exitCode", code.number())
                                .text("meaning", code.meaning()),
                        String.format(Locale.ROOT, "%3d  %s", code.number(), code.meaning()));
            }
            return ExitCode.OK.number();
        }
        CommandLine command = all.getSubcommands().get(topic);
        if (command == null) {
            session.console().errorLine("forebay: no such command: " + topic);
            return ExitCode.USAGE.number();
        }
        session.console().line(command.getUsageMessage());
        return ExitCode.OK.number();
    }
}
