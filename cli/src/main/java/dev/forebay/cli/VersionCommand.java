package dev.forebay.cli;

import dev.forebay.client.FilesException;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Optional;
import java.util.concurrent.Callable;

/** Shows versions. */
@Command(name = "version", description = "Show the version of this command and of the node.")
final class VersionCommand implements Callable<Integer> {
    @Mixin private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Optional<String> node = node();
        session.entry(
                new JsonOutput()
                        .text("command", own())
                        .text("node", node)
                        .text("java", Runtime.version().toString()),
                "command  "
                        + own()
                        + "\nnode     "
                        + node.orElse("not reachable")
                        + "\njava     "
                        + Runtime.version());
        return session.exitCode();
    }

    /** The version that the build wrote into the jar. */
    static String own() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Optional<String> node() {
        try {
            Json status = StatusCommand.parse(session.forebay().status());
            return status.field("version").text();
        } catch (FilesException.Unavailable | FilesException.Unimplemented e) {
            // no node, or a bare proxy: the command's own version is still worth showing
            return Optional.empty();
        }
    }
}
