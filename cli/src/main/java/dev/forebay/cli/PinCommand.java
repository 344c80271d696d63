package dev.forebay.cli;

import dev.forebay.client.Residency;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Keep files, or all below directories, in memory. */
@Command(name = "pin", description = "Keep files, or all below directories, in memory.")
final class PinCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    PinCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Residency residency = session.files().as(Residency.class);
        return session.each(
                session.expand(paths),
                path -> {
                    residency.pin(path);
                    session.done("pin", path);
                });
    }
}
