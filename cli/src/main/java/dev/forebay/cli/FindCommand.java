package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.base.NameText;
import dev.forebay.client.FileStatus;
import dev.forebay.client.Glob;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds paths. */
@Command(name = "find", description = "Find paths below directories. All tests must hold.")
final class FindCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "PATTERN",
            description = "Name, with * ? [a-z].")
    private String name = "";

    @Option(
            names = {"-t", "--type"},
            paramLabel = "f|d",
            description = "f for files, d for directories.")
    private String type = "";

    @Option(names = "--larger", paramLabel = "SIZE", description = "Files over a size.")
    private String larger = "";

    @Option(names = "--smaller", paramLabel = "SIZE", description = "Files under a size.")
    private String smaller = "";

    @Option(names = "--newer", paramLabel = "SPAN", description = "Changed within, such as 2h.")
    private String newer = "";

    @Option(names = "--older", paramLabel = "SPAN", description = "Not changed within.")
    private String older = "";

    @Option(names = "--pinned", description = "Pinned ones.")
    private boolean pinned;

    @Option(
            names = {"-0", "--null"},
            description = "A zero byte in place of each line end.")
    private boolean zero;

    @Parameters(paramLabel = "PATH", description = "Where to look.")
    private List<String> paths = List.of("/");

    private final Clock clock;

    FindCommand(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Predicate<FileStatus> wanted = wanted();
        return session.each(session.expand(paths), path -> find(path, wanted));
    }

    private void find(String path, Predicate<FileStatus> wanted) {
        FileStatus top = session.files().stat(path);
        if (wanted.test(top)) {
            print(top);
        }
        if (top.directory()) {
            try (Stream<FileStatus> below = session.files().walk(path)) {
                below.filter(wanted).forEach(this::print);
            }
        }
    }

    private void print(FileStatus status) {
        if (zero && !session.json()) {
            byte[] bytes = NameText.bytes(status.path() + "\0");
            session.console().write(bytes, bytes.length);
        } else {
            session.entry(Entries.json(status), status.path());
        }
    }

    private Predicate<FileStatus> wanted() {
        Predicate<FileStatus> wanted = _ -> true;
        if (!name.isEmpty()) {
            wanted = wanted.and(status -> Glob.matches("/" + name, "/" + status.name()));
        }
        if (!type.isEmpty()) {
            boolean directory = type.equals("d");
            wanted = wanted.and(status -> status.directory() == directory);
        }
        if (!larger.isEmpty()) {
            long size = Quantities.size(larger);
            wanted = wanted.and(status -> status.file() && status.length() > size);
        }
        if (!smaller.isEmpty()) {
            long size = Quantities.size(smaller);
            wanted = wanted.and(status -> status.file() && status.length() < size);
        }
        if (!newer.isEmpty()) {
            long since = clock.millis() - Quantities.millis(newer);
            wanted = wanted.and(status -> status.times().modified() >= since);
        }
        if (!older.isEmpty()) {
            long since = clock.millis() - Quantities.millis(older);
            wanted = wanted.and(status -> status.times().modified() < since);
        }
        return pinned ? wanted.and(status -> status.residence().pinned()) : wanted;
    }
}
