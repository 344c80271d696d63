package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.FileClient;
import dev.forebay.client.Mounts;
import dev.forebay.client.Residency;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** All commands by name. Only those that are needed are built: that is most of the start-up. */
final class Commands {
    private static final Clock CLOCK = Clock.system();
    private static final Map<String, Function<Session, Object>> ALL = table();

    /** Of commands that share a class. */
    private static final Map<String, String> DESCRIPTIONS =
            Map.of(
                    "up",
                    "Start a node: --data DIR --memory SIZE --config FILE --set K=V.",
                    "plasma-store",
                    "Serve objects only, as plasma_store: -m BYTES -s PATH [-d DIR] [-e ANY] [-h].",
                    "fsck",
                    "Check the storage of a node that is not running.",
                    "pin",
                    "Keep files, or all below directories, in memory.",
                    "unpin",
                    "Let memory be given up again.",
                    "sync",
                    "Compare all below with the mounted store: additions, changes, removals.",
                    "unmount",
                    "Remove mounts; the mounted data stays.");

    private Commands() {}

    /** The command without subcommands. */
    @Command(
            name = "forebay",
            description = "Files in memory and on disk, served to every client.",
            footer = {
                "",
                "Each command explains itself: forebay help COMMAND.",
                "What it returns: forebay help exit-codes."
            })
    private static final class Root {
        @CommandLine.Option(
                names = {"-?", "-h", "--help"},
                usageHelp = true,
                description = "Show this text.")
        @SuppressWarnings("UnusedVariable") // picocli acts on it
        private boolean help;

        @CommandLine.Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version of this command.")
        @SuppressWarnings("UnusedVariable") // picocli acts on it
        private boolean version;
    }

    /** The command line with every command. */
    static CommandLine all(Console console) {
        CommandLine root = root();
        ALL.keySet().forEach(name -> add(root, name, console));
        return root;
    }

    /** The command line with the one command that is asked for, or with every one. */
    static CommandLine of(Console console, String... args) {
        if (args.length == 0 || !ALL.containsKey(args[0])) {
            return all(console);
        }
        CommandLine root = root();
        add(root, args[0], console);
        return root;
    }

    private static CommandLine root() {
        CommandLine root = new CommandLine(new Root());
        root.getCommandSpec().version("forebay " + VersionCommand.own());
        return root;
    }

    private static void add(CommandLine root, String name, Console console) {
        Function<Session, Object> maker = ALL.get(name);
        if (maker == null) {
            return;
        }
        CommandLine command = new CommandLine(maker.apply(new Session(console)));
        command.setCommandName(name);
        String description = DESCRIPTIONS.get(name);
        if (description != null) {
            command.getCommandSpec().usageMessage().description(description);
        }
        if (name.equals("obj")) {
            ObjectCommand.addTo(command, console);
        }
        if (name.equals("snapshot")) {
            SnapshotCommand.addTo(command, console);
        }
        root.addSubcommand(name, command);
    }

    private static Map<String, Function<Session, Object>> table() {
        Map<String, Function<Session, Object>> table = new LinkedHashMap<>();
        table.put("up", NodeCommand::new);
        table.put("status", StatusCommand::new);
        table.put("ls", ListCommand::new);
        table.put("tree", TreeCommand::new);
        table.put("stat", StatCommand::new);
        table.put("cat", CatCommand::new);
        table.put("head", HeadCommand::new);
        table.put("tail", TailCommand::new);
        table.put("put", session -> new PutCommand(session, CLOCK));
        table.put("get", session -> new GetCommand(session, CLOCK));
        table.put("mkdir", MakeDirectoryCommand::new);
        table.put("rm", RemoveCommand::new);
        table.put("mv", MoveCommand::new);
        table.put("cp", session -> new CopyCommand(session, CLOCK));
        table.put("du", UsageCommand::new);
        table.put("find", session -> new FindCommand(session, CLOCK));
        table.put("touch", TouchCommand::new);
        table.put("chmod", ChangeModeCommand::new);
        table.put("chown", ChangeOwnerCommand::new);
        table.put("pin", each(files -> files.as(Residency.class)::pin));
        table.put("unpin", each(files -> files.as(Residency.class)::unpin));
        table.put("ttl", TtlCommand::new);
        table.put("free", FreeCommand::new);
        table.put("load", LoadCommand::new);
        table.put("lend", LendCommand::new);
        table.put("snapshot", SnapshotCommand::new);
        table.put("client-config", ClientConfigCommand::new);
        table.put("obj", ObjectCommand::new);
        table.put("mount", MountCommand::new);
        table.put("unmount", each(files -> files.as(Mounts.class)::unmount));
        table.put("mounts", MountsCommand::new);
        table.put("sync", each(files -> files.as(Mounts.class)::sync));
        table.put("plasma-store", NodeCommand::new);
        table.put("fsck", NodeCommand::new);
        table.put("doctor", session -> new DoctorCommand(session, CLOCK));
        table.put("config", ConfigCommand::new);
        table.put("completion", CompletionCommand::new);
        table.put("help", HelpCommand::new);
        table.put("version", VersionCommand::new);
        return table;
    }

    private static Function<Session, Object> each(Function<FileClient, Consumer<String>> power) {
        return session -> new EachPathCommand(session, power);
    }
}
