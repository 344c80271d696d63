package dev.forebay.cli;

import dev.forebay.base.TtlAction;
import dev.forebay.client.Residency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Sets times to live. */
@Command(name = "ttl", description = "Set times to live, counted from the creation of each path.")
final class TtlCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-a", "--action"},
            defaultValue = "FREE",
            paramLabel = "ACTION",
            description = "What happens then: ${COMPLETION-CANDIDATES}; FREE when not told.")
    private TtlAction action = TtlAction.FREE;

    @Parameters(index = "0", paramLabel = "SPAN|none", description = "Such as 30s, 2h, 7d.")
    private String span = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Paths or patterns.")
    private List<String> paths = List.of();

    TtlCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        long millis = span.equals("none") ? -1 : Quantities.millis(span);
        Residency residency = session.files().as(Residency.class);
        return session.each(
                session.expand(paths),
                path -> {
                    residency.expire(path, millis, action);
                    session.done("ttl", path);
                });
    }
}
