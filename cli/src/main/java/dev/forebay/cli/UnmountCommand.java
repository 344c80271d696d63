package dev.forebay.cli;

import dev.forebay.client.Mounts;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Remove mounts; the mounted data stays. */
@Command(name = "unmount", description = "Remove mounts; the mounted data stays.")
final class UnmountCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    UnmountCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Mounts mounts = session.files().as(Mounts.class);
        return session.each(
                session.expand(paths),
                path -> {
                    mounts.unmount(path);
                    session.done("unmount", path);
                });
    }
}
