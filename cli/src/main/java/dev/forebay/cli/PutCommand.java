package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.client.CreateDirectoryOptions;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Copies local files into the namespace. */
@Command(
        name = "put",
        description = {
            "Copy local files into the namespace; - for standard input.",
            "A file that fails on the way is dropped. With -r links to files are followed; links to"
                    + " folders and special files are left out."
        })
final class PutCommand implements Callable<Integer> {
    private static final int PIECE = 1024 * 1024;

    @Mixin private final Session session;
    @Mixin private final WriteOptions options = new WriteOptions();

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "Folders with all below.")
    private boolean recursive;

    @Parameters(
            arity = "2..*",
            paramLabel = "FILE",
            description = "Local files, the last one a path of the namespace.")
    private List<String> operands = List.of();

    private final Clock clock;
    private final List<Transfers.Transfer> transfers = new ArrayList<>();

    PutCommand(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        List<String> sources = operands.subList(0, operands.size() - 1);
        Destination destination = Destination.remote(session, operands.getLast(), sources.size());
        for (String source : sources) {
            session.guard(() -> plan(source, destination));
        }
        new Transfers(session, clock, options.parallel()).run(transfers);
        return session.exitCode();
    }

    private void plan(String source, Destination destination) {
        if (source.equals("-")) {
            String target = destination.path();
            transfers.add(
                    new Transfers.Transfer(
                            -1,
                            progress -> session.making(target, () -> putInput(target, progress))));
            return;
        }
        Path local = Path.of(source);
        String target = destination.of(LocalNames.name(local));
        if (!Files.isDirectory(local)) {
            planFile(local, target);
        } else if (recursive) {
            planFolder(local, target);
        } else {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "a folder needs -r (recursive)", source);
        }
    }

    private void planFolder(Path folder, String target) {
        session.files().createDirectory(target, CreateDirectoryOptions.RECURSIVE);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String path = Destination.child(target, LocalNames.name(child));
                if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    session.guard(() -> planFolder(child, path));
                } else if (Files.isRegularFile(child)) {
                    session.guard(() -> planFile(child, path));
                } else {
                    session.console().errorLine("forebay: left out, no regular file: " + child);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw unreadable(folder, e);
        }
    }

    private static FilesException unreadable(Path folder, Exception cause) {
        return FilesException.of(
                Status.PERMISSION_DENIED, "the local folder cannot be read", folder + "", cause);
    }

    private void planFile(Path local, String target) {
        long length;
        try {
            length = Files.size(local);
        } catch (IOException e) {
            throw FilesException.of(Status.NOT_FOUND, "no such local file", local + "", e);
        }
        transfers.add(
                new Transfers.Transfer(
                        length,
                        progress -> {
                            session.making(
                                    target,
                                    () ->
                                            session.tools()
                                                    .put(
                                                            local,
                                                            target,
                                                            options.create(),
                                                            progress::moved));
                            session.done("put", target);
                        }));
    }

    private void putInput(String target, Progress progress) {
        FileWriter writer = session.files().create(target, options.create());
        boolean whole = false;
        try {
            byte[] piece = new byte[PIECE];
            int count = session.console().in().readNBytes(piece, 0, PIECE);
            while (count > 0) {
                writer.write(ByteBuffer.wrap(piece, 0, count));
                progress.moved(count);
                count = session.console().in().readNBytes(piece, 0, PIECE);
            }
            whole = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (whole) {
                writer.close();
            } else {
                writer.abort();
            }
        }
        session.done("put", target);
    }
}
