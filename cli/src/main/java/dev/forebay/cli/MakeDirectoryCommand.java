package dev.forebay.cli;

import dev.forebay.base.WriteType;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.Mode;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Makes directories. */
@Command(name = "mkdir", description = "Make directories.")
final class MakeDirectoryCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-p", "-r", "--parents"},
            description = "Make missing parents; a directory that is there is fine.")
    private boolean parents;

    @Option(
            names = {"-m", "--mode"},
            paramLabel = "MODE",
            description = "Permissions such as 755.")
    private @Nullable Mode mode;

    @Option(
            names = "--write-type",
            paramLabel = "TYPE",
            description = "Whether a mounted store has it too: ${COMPLETION-CANDIDATES}.")
    private @Nullable WriteType writeType;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Directories.")
    private List<String> paths = List.of();

    MakeDirectoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CreateDirectoryOptions options =
                parents ? CreateDirectoryOptions.RECURSIVE : CreateDirectoryOptions.DEFAULT;
        options = mode == null ? options : options.withMode(mode);
        CreateDirectoryOptions made =
                writeType == null ? options : options.withWriteType(writeType);
        return session.each(
                paths,
                path -> {
                    session.files().createDirectory(path, made);
                    session.done("mkdir", path);
                });
    }
}
