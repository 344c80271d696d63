package dev.forebay.cli;

import dev.forebay.base.MetadataLoad;
import dev.forebay.client.FileStatus;
import dev.forebay.client.ListOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Lists directories. */
@Command(name = "ls", description = "List directories.")
final class ListCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-l", "--long"},
            description = "Mode, owner, group, size, percentage in memory, time, path.")
    private boolean detailed;

    @Option(
            names = {"-h", "--human"},
            description = "Sizes with a unit.")
    private boolean human;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "All below as well.")
    private boolean recursive;

    @Option(
            names = {"-d", "--directory"},
            description = "Directories themselves, not what is in them.")
    private boolean itself;

    @Option(
            names = "--load",
            defaultValue = "ONCE",
            paramLabel = "HOW",
            description = "How far a mounted store is asked: ${COMPLETION-CANDIDATES}.")
    private MetadataLoad load = MetadataLoad.ONCE;

    @Parameters(paramLabel = "PATH", description = "Directories, files or patterns.")
    private List<String> paths = List.of("/");

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), this::list);
    }

    private void list(String path) {
        if (itself) {
            print(session.files().stat(path, load));
            return;
        }
        ListOptions options = new ListOptions(recursive, load);
        try (Stream<FileStatus> listed = session.files().list(path, options)) {
            listed.sorted(Comparator.comparing(FileStatus::path)).forEach(this::print);
        }
    }

    private void print(FileStatus status) {
        String size = human ? Quantities.people(status.length()) : Long.toString(status.length());
        session.entry(
                Entries.json(status),
                detailed || human
                        ? Entries.line(status, size)
                        : status.path() + (status.directory() ? "/" : ""));
    }
}
