package dev.forebay.cli;

import dev.forebay.client.AttributeChange;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

import java.util.List;
import java.util.concurrent.Callable;

/** Changes owner and group. */
@Command(name = "chown", description = "Change owner and group.")
final class ChangeOwnerCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "All below as well.")
    private boolean recursive;

    @Parameters(index = "0", paramLabel = "OWNER[:GROUP]", description = "Also :GROUP alone.")
    private String owner = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Paths or patterns.")
    private List<String> paths = List.of();

    ChangeOwnerCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        AttributeChange change = parse(owner).withRecursive(recursive);
        return session.each(
                session.expand(paths),
                path -> {
                    session.files().setAttributes(path, change);
                    session.done("chown", path);
                });
    }

    static AttributeChange parse(String text) {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? "" : text.substring(colon + 1);
        if (user.isEmpty() && group.isEmpty()) {
            throw new TypeConversionException("neither an owner nor a group is given");
        }
        AttributeChange change = AttributeChange.NONE;
        change = user.isEmpty() ? change : change.withOwner(user);
        return group.isEmpty() ? change : change.withGroup(group);
    }
}
