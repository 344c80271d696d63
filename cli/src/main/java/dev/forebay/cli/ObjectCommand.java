package dev.forebay.cli;

import dev.forebay.base.Clock;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The commands for objects: says which there are. */
@Command(
        name = "obj",
        description = "Look at and change the objects in shared memory.",
        footer = {"", "Each explains itself: forebay obj ls --help."})
final class ObjectCommand implements Callable<Integer> {
    private static final Map<String, Function<Session, Object>> ALL = table();

    @Mixin private final Session session;

    @Spec private CommandSpec spec = CommandSpec.create();

    ObjectCommand(Session session) {
        this.session = session;
    }

    /** Adds the commands below this one. */
    static void addTo(CommandLine command, Console console) {
        ALL.forEach(
                (name, maker) -> command.addSubcommand(name, maker.apply(new Session(console))));
    }

    private static Map<String, Function<Session, Object>> table() {
        Clock clock = Clock.system();
        Map<String, Function<Session, Object>> table = new LinkedHashMap<>();
        table.put("ls", session -> new ObjectListCommand(session, clock));
        table.put("stat", ObjectStatCommand::new);
        table.put("get", ObjectGetCommand::new);
        table.put("put", ObjectPutCommand::new);
        table.put("rm", ObjectRemoveCommand::new);
        table.put("evict", ObjectEvictCommand::new);
        table.put("save", ObjectSaveCommand::new);
        table.put("watch", ObjectWatchCommand::new);
        return table;
    }

    @Override
    public Integer call() {
        session.console().line(spec.commandLine().getUsageMessage());
        return ExitCode.USAGE.number();
    }
}
