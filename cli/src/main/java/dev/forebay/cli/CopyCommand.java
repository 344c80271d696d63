package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.FileStatus;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Copies within the namespace. */
@Command(name = "cp", description = "Copy within the namespace. The bytes pass through here.")
final class CopyCommand implements Callable<Integer> {
    @Mixin private final Session session;
    @Mixin private final WriteOptions options = new WriteOptions();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Directories with all below.")
    private boolean recursive;

    @Parameters(
            arity = "2..*",
            paramLabel = "PATH",
            description = "Paths or patterns, the last one where they go.")
    private List<String> operands = List.of();

    private final Clock clock;
    private final List<Transfers.Transfer> transfers = new ArrayList<>();

    CopyCommand(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<String> sources = session.expand(operands.subList(0, operands.size() - 1));
        Destination destination = Destination.remote(session, operands.getLast(), sources.size());
        for (String source : sources) {
            session.guard(() -> plan(source, destination));
        }
        new Transfers(session, clock, options.parallel()).run(transfers);
        return session.exitCode();
    }

    private void plan(String source, Destination destination) {
        FileStatus status = session.files().stat(source);
        String target = destination.of(Destination.name(source));
        if (status.file()) {
            planFile(status, target);
            return;
        }
        if (!recursive) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a directory needs -r (recursive)", source);
        }
        if ((target + "/").startsWith(status.path().equals("/") ? "/" : status.path() + "/")) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a directory cannot be copied into itself", source);
        }
        planDirectory(status.path(), target);
    }

    private void planDirectory(String source, String target) {
        session.files().createDirectory(target, CreateDirectoryOptions.RECURSIVE);
        List<FileStatus> children;
        try (Stream<FileStatus> listed = session.files().list(source)) {
            children = listed.sorted(Comparator.comparing(FileStatus::name)).toList();
        }
        for (FileStatus child : children) {
            String path = Destination.child(target, child.name());
            if (child.directory()) {
                session.guard(() -> planDirectory(child.path(), path));
            } else {
                planFile(child, path);
            }
        }
    }

    private void planFile(FileStatus status, String target) {
        transfers.add(
                new Transfers.Transfer(
                        status.length(),
                        progress -> {
                            session.making(
                                    target,
                                    () ->
                                            session.tools()
                                                    .copy(
                                                            status.path(),
                                                            target,
                                                            options.create(),
                                                            progress::moved));
                            session.done("cp", target);
                        }));
    }
}
