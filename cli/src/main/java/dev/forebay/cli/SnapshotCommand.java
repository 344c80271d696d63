package dev.forebay.cli;

import dev.forebay.client.Snapshots;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The commands for snapshots: says which there are. */
@Command(
        name = "snapshot",
        description = "Make, compare and remove snapshots of directories.",
        footer = {
            "",
            "Each explains itself: forebay snapshot create --help.",
            "What was is read below DIR/.snapshot/NAME."
        })
final class SnapshotCommand implements Callable<Integer> {
    private static final Map<String, Function<Session, Object>> ALL = table();

    /** Of commands that share a class. */
    private static final Map<String, String> DESCRIPTIONS =
            Map.of(
                    "allow", "Let directories have snapshots.",
                    "disallow", "Let directories that have none have no more snapshots.");

    @Mixin private final Session session;

    @Spec private CommandSpec spec = CommandSpec.create();

    SnapshotCommand(Session session) {
        this.session = session;
    }

    /** Adds the commands below this one. */
    static void addTo(CommandLine command, Console console) {
        ALL.forEach(
                (name, maker) -> {
                    CommandLine below = new CommandLine(maker.apply(new Session(console)));
                    String description = DESCRIPTIONS.get(name);
                    if (description != null) {
                        below.getCommandSpec().name(name).usageMessage().description(description);
                    }
                    command.addSubcommand(name, below);
                });
    }

    private static Map<String, Function<Session, Object>> table() {
        Map<String, Function<Session, Object>> table = new LinkedHashMap<>();
        table.put(
                "allow",
                session -> new EachPathCommand(session, files -> files.as(Snapshots.class)::allow));
        table.put(
                "disallow",
                session ->
                        new EachPathCommand(session, files -> files.as(Snapshots.class)::disallow));
        table.put("create", SnapshotCreateCommand::new);
        table.put("rename", SnapshotRenameCommand::new);
        table.put("rm", SnapshotRemoveCommand::new);
        table.put("ls", SnapshotListCommand::new);
        table.put("diff", SnapshotDiffCommand::new);
        return table;
    }

    @Override
    public Integer call() {
        session.console().line(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
