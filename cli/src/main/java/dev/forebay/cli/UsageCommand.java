package dev.forebay.cli;

import dev.forebay.client.FileStatus;
import dev.forebay.client.ListOptions;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Sums the lengths of files. */
@Command(name = "du", description = "Sum the lengths of files: bytes, bytes in memory, files.")
final class UsageCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-s", "--summary"},
            description = "Only one sum for each operand.")
    private boolean summary;

    @Option(
            names = {"-h", "--human"},
            description = "Sizes with a unit.")
    private boolean human;

    @Parameters(paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of("/");

    UsageCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), this::sum);
    }

    /** What was counted below one path. */
    private static final class Sum {
        private long bytes;
        private long inMemory;
        private long files;

        void add(FileStatus file) {
            bytes += file.length();
            inMemory += (long) (file.length() / 100.0 * file.residence().inMemoryPercentage());
            files++;
        }
    }

    private void sum(String path) {
        Map<String, Sum> children = new TreeMap<>();
        Sum total = new Sum();
        try (Stream<FileStatus> all = session.files().list(path, ListOptions.RECURSIVE)) {
            all.filter(FileStatus::file)
                    .forEach(
                            file -> {
                                total.add(file);
                                children.computeIfAbsent(child(path, file.path()), _ -> new Sum())
                                        .add(file);
                            });
        }
        children.remove(path);
        if (!summary) {
            children.forEach(this::print);
        }
        print(path, total);
    }

    /** The direct child of {@code path} that holds {@code file}. */
    static String child(String path, String file) {
        String prefix = path.endsWith("/") ? path : path + "/";
        if (!file.startsWith(prefix)) {
            return path;
        }
        int end = file.indexOf('/', prefix.length());
        return end < 0 ? file : file.substring(0, end);
    }

    private void print(String path, Sum sum) {
        session.entry(
                new JsonOutput()
                        .text("path", path)
                        .number("bytes", sum.bytes)
                        .number("bytesInMemory", sum.inMemory)
                        .number("files", sum.files),
                String.format(
                        Locale.ROOT,
                        "%12s %12s %8d %s",
                        size(sum.bytes),
                        size(sum.inMemory),
                        sum.files,
                        path));
    }

    private String size(long bytes) {
        return human ? Quantities.people(bytes) : Long.toString(bytes);
    }
}
