package dev.forebay.cli;

import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FilesException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Removes files and directories. */
@Command(name = "rm", description = "Remove files and directories.")
final class RemoveCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Directories with all below.")
    private boolean recursive;

    @Option(
            names = {"-f", "--force"},
            description = "What is missing is fine.")
    private boolean force;

    @Option(names = "--keep-under-store", description = "A mounted store keeps its copy.")
    private boolean keepUnderStore;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    RemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), this::remove);
    }

    private void remove(String path) {
        try {
            session.files().delete(path, new DeleteOptions(recursive, keepUnderStore));
            session.done("rm", path);
        } catch (FilesException.NotFound e) {
            if (!force) {
                throw e;
            }
        }
    }
}
