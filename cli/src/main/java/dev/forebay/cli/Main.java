package dev.forebay.cli;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;
import dev.forebay.client.FilesException;
import dev.forebay.client.ObjectsException;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The forebay command. */
public final class Main {
    private static final int OUTPUT_BUFFER = 64 * 1024;

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(System.out, OUTPUT_BUFFER),
                        false,
                        StandardCharsets.UTF_8);
        boolean terminal = Boolean.getBoolean("forebay.terminal");
        int code = run(new Console(System.in, out, System.err, System.getenv(), terminal), args);
        out.flush();
        System.exit(code);
    }

    /** Runs one command. */
    static int run(Console console, String... args) {
        CommandLine line = Commands.of(console, args);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(
                dev.forebay.client.Mode.class, text -> ModeChange.parse(text).absolute().get());
        line.registerConverter(ObjectId.class, Main::objectId);
        line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
        boolean json = Arrays.asList(args).contains("--json");
        line.setParameterExceptionHandler((e, _) -> usage(console, e, json));
        line.setExecutionExceptionHandler((e, command, _) -> failed(console, e, command));
        if (args.length == 0) {
            console.line(line.getUsageMessage());
            return ExitCode.USAGE.number();
        }
        return line.execute(args);
    }

    private static ObjectId objectId(String text) {
        try {
            return ObjectId.parse(text);
        } catch (Invalid e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }

    private static int usage(Console console, ParameterException failure, boolean json) {
        String command = failure.getCommandLine().getCommandName();
        boolean unknown =
                command.equals("forebay") && failure instanceof UnmatchedArgumentException;
        String message =
                unknown
                        ? "no such command: "
                                + ((UnmatchedArgumentException) failure).getUnmatched().getFirst()
                        : String.valueOf(failure.getMessage());
        if (json) {
            console.errorLine(
                    new JsonOutput()
                            .text("error", "USAGE")
                            .text("message", message)
                            .number("exitCode", ExitCode.USAGE.number())
                            .toString());
        } else {
            console.errorLine("forebay: " + message);
            console.errorLine("  see: " + explanation(failure.getCommandLine()));
        }
        return ExitCode.USAGE.number();
    }

    private static String explanation(CommandLine command) {
        CommandLine parent = command.getParent();
        if (parent == null) {
            return "forebay help";
        }
        return parent.getParent() == null
                ? "forebay help " + command.getCommandName()
                : command.getCommandSpec().qualifiedName() + " --help";
    }

    /** The one place where every failure of a command ends. */
    private static int failed(Console console, Exception failure, CommandLine command)
            throws Exception {
        Session session =
                command.getMixins().values().stream()
                        .filter(Session.class::isInstance)
                        .map(Session.class::cast)
                        .findFirst()
                        .orElseThrow(() -> failure);
        return switch (failure) {
            case FilesException e -> {
                session.report(e);
                yield session.exitCode();
            }
            case ObjectsException e -> {
                session.report(e);
                yield session.exitCode();
            }
            case Console.NoReader _ -> ExitCode.NO_READER.number();
            case CommandLine.TypeConversionException e -> {
                ParameterException usage =
                        new ParameterException(command, String.valueOf(e.getMessage()), e);
                yield usage(console, usage, session.json());
            }
            default -> {
                console.errorLine("forebay: " + failure);
                console.errorLine("  this is a fault of forebay itself; please report it");
                yield ExitCode.FAILED.number();
            }
        };
    }
}
