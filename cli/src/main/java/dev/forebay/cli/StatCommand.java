package dev.forebay.cli;

import dev.forebay.base.MetadataLoad;
import dev.forebay.client.FileStatus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** Shows all that is known of paths. */
@Command(name = "stat", description = "Show all that is known of paths.")
final class StatCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = "--load",
            defaultValue = "ONCE",
            paramLabel = "HOW",
            description = "How far a mounted store is asked: ${COMPLETION-CANDIDATES}.")
    private MetadataLoad load = MetadataLoad.ONCE;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Paths or patterns.")
    private List<String> paths = List.of();

    StatCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), this::show);
    }

    private void show(String path) {
        FileStatus status = session.files().stat(path, load);
        session.entry(Entries.fullJson(status), text(status));
    }

    private static String text(FileStatus status) {
        return String.join(
                "\n",
                "path          " + status.path(),
                "type          " + (status.directory() ? "directory" : "file"),
                "length        "
                        + status.length()
                        + (status.directory()
                                ? " entries"
                                : " (" + Quantities.people(status.length()) + ")"),
                "completed     " + status.completed(),
                "access        "
                        + status.access().mode()
                        + " "
                        + status.access().owner()
                        + ":"
                        + status.access().group(),
                "created       " + Entries.time(status.times().created()),
                "modified      " + Entries.time(status.times().modified()),
                "time to live  " + ttl(status.ttl()),
                "in memory     "
                        + status.residence().inMemoryPercentage()
                        + "%"
                        + (status.residence().pinned() ? ", pinned" : ""),
                "persistence   " + status.storage().state(),
                "location      "
                        + status.storage().location()
                        + (status.storage().mountPoint() ? " (mount point)" : ""),
                "blocks        "
                        + status.layout().blockIds().size()
                        + " of "
                        + Quantities.people(status.layout().blockSize()),
                "");
    }

    private static String ttl(FileStatus.Ttl ttl) {
        return ttl.millis() < 0
                ? "none"
                : Quantities.span(ttl.millis() / 1000) + " from creation, then " + ttl.action();
    }
}
