package dev.forebay.cli;

import dev.forebay.client.MountPoint;
import dev.forebay.client.Mounts;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Locale;
import java.util.concurrent.Callable;

/** Lists mounts. */
@Command(name = "mounts", description = "List mounts.")
final class MountsCommand implements Callable<Integer> {
    @Mixin private final Session session;

    MountsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.files().as(Mounts.class).mounts().forEach(this::print);
        return session.exitCode();
    }

    private void print(MountPoint mount) {
        session.entry(
                new JsonOutput()
                        .text("path", mount.path())
                        .text("source", mount.source())
                        .flag("readOnly", mount.readOnly())
                        .flag("shared", mount.shared()),
                String.format(
                        Locale.ROOT,
                        "%-24s %s%s",
                        mount.path(),
                        mount.source(),
                        mount.readOnly() ? " (read-only)" : ""));
    }
}
