package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Copies files out of the namespace. */
@Command(
        name = "get",
        description = {
            "Copy files to local ones; - for standard output.",
            "A local file appears, or is replaced with -f, when it is whole."
        })
final class GetCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Directories with all below.")
    private boolean recursive;

    @Option(
            names = {"-f", "--force"},
            description = "Replace local files that are there.")
    private boolean force;

    @Option(
            names = {"-P", "--parallel"},
            paramLabel = "N",
            description = "Files at once, 1 to 64, 8 when not told.")
    private int parallel = Transfers.PARALLEL;

    @Parameters(
            arity = "2..*",
            paramLabel = "PATH",
            description = "Paths or patterns, the last one a local file or folder.")
    private List<String> operands = List.of();

    private final Clock clock;
    private final List<Transfers.Transfer> transfers = new ArrayList<>();

    GetCommand(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<String> sources = session.expand(operands.subList(0, operands.size() - 1));
        if (operands.getLast().equals("-")) {
            return session.each(sources, path -> CatCommand.copy(session, path));
        }
        Path local = Path.of(operands.getLast());
        if (sources.size() > 1 && !Files.isDirectory(local)) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "several files can only go into a folder that is there",
                    local.toString());
        }
        for (String source : sources) {
            session.guard(() -> plan(source, local));
        }
        new Transfers(session, clock, parallel).run(transfers);
        return session.exitCode();
    }

    private void plan(String source, Path local) {
        FileStatus status = session.files().stat(source);
        boolean into = Files.isDirectory(local);
        Path target =
                into && !status.name().isEmpty() ? LocalNames.child(local, status.name()) : local;
        if (status.file()) {
            planFile(status, target);
        } else if (recursive) {
            planDirectory(source, target);
        } else {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a directory needs -r (recursive)", source);
        }
    }

    private void planDirectory(String source, Path folder) {
        makeFolder(folder);
        List<FileStatus> children;
        try (Stream<FileStatus> listed = session.files().list(source)) {
            children = listed.sorted(Comparator.comparing(FileStatus::name)).toList();
        }
        for (FileStatus child : children) {
            session.guard(
                    () -> {
                        Path target = LocalNames.child(folder, child.name());
                        if (child.directory()) {
                            planDirectory(child.path(), target);
                        } else {
                            planFile(child, target);
                        }
                    });
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FilesException.of(
                    Status.PERMISSION_DENIED, "the local folder cannot be made", folder + "", e);
        }
    }

    private void planFile(FileStatus status, Path target) {
        if (!force && Files.exists(target)) {
            throw FilesException.of(
                    Status.ALREADY_EXISTS, "the local file exists", target.toString());
        }
        transfers.add(
                new Transfers.Transfer(
                        status.length(),
                        progress -> {
                            session.tools().get(status.path(), target, progress::moved);
                            session.done("get", status.path());
                        }));
    }
}
