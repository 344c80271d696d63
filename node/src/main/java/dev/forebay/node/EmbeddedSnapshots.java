package dev.forebay.node;

import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.error.InvalidState;
import dev.forebay.client.FilesException;
import dev.forebay.client.Snapshots;
import dev.forebay.client.Status;
import dev.forebay.files.SnapshotReport;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Snapshots of the engine of the same process. */
final class EmbeddedSnapshots implements Snapshots {
    private final dev.forebay.files.Snapshots snapshots;
    private final Principal caller;

    EmbeddedSnapshots(dev.forebay.files.Snapshots snapshots, Principal caller) {
        this.snapshots = snapshots;
        this.caller = caller;
    }

    /** The state that this is about is told as over HDFS, not as other states are. */
    private static <T> T call(Supplier<T> work) {
        return EmbeddedErrors.call(
                () -> {
                    try {
                        return work.get();
                    } catch (InvalidState e) {
                        throw FilesException.of(
                                Status.FAILED_PRECONDITION, e.reason(), e.subject(), e);
                    }
                });
    }

    private static void run(Runnable work) {
        boolean done =
                call(
                        () -> {
                            work.run();
                            return true;
                        });
        assert done;
    }

    @Override
    public void allow(String directory) {
        run(() -> snapshots.allow(caller, EmbeddedFiles.parse(directory)));
    }

    @Override
    public void disallow(String directory) {
        run(() -> snapshots.disallow(caller, EmbeddedFiles.parse(directory)));
    }

    @Override
    public String create(String directory, String name) {
        return call(() -> made(directory, Optional.of(Name.of(name))));
    }

    @Override
    public String create(String directory) {
        return call(() -> made(directory, Optional.empty()));
    }

    private String made(String directory, Optional<Name> name) {
        return snapshots.create(caller, EmbeddedFiles.parse(directory), name).toString();
    }

    @Override
    public void rename(String directory, String from, String to) {
        run(
                () ->
                        snapshots.rename(
                                caller,
                                EmbeddedFiles.parse(directory),
                                Name.of(from),
                                Name.of(to)));
    }

    @Override
    public void delete(String directory, String name) {
        run(() -> snapshots.delete(caller, EmbeddedFiles.parse(directory), Name.of(name)));
    }

    @Override
    public List<Root> roots() {
        return call(() -> snapshots.roots(caller)).stream()
                .map(
                        root ->
                                new Root(
                                        root.status().path().toString(),
                                        root.count(),
                                        dev.forebay.files.Snapshots.COUNT_MAX))
                .toList();
    }

    @Override
    public List<Snapshot> list(String directory) {
        return call(() -> snapshots.list(caller, EmbeddedFiles.parse(directory))).stream()
                .map(
                        each ->
                                new Snapshot(
                                        each.number(),
                                        each.name().toString(),
                                        each.root().path().toString(),
                                        each.createdMillis()))
                .toList();
    }

    @Override
    public List<Difference> compare(String directory, Optional<String> from, Optional<String> to) {
        SnapshotReport report =
                call(
                        () ->
                                SnapshotReport.of(
                                        snapshots,
                                        caller,
                                        new SnapshotReport.Between(
                                                EmbeddedFiles.parse(directory),
                                                from.map(Name::of),
                                                to.map(Name::of))));
        return report.asked().stream().map(EmbeddedSnapshots::difference).toList();
    }

    private static Difference difference(SnapshotReport.Entry entry) {
        Kind kind =
                switch (entry.kind()) {
                    case CREATED -> Kind.CREATED;
                    case MODIFIED -> Kind.MODIFIED;
                    case DELETED -> Kind.DELETED;
                    case RENAMED -> Kind.RENAMED;
                };
        // without the first slash
        return new Difference(
                kind,
                entry.path().toString().substring(1),
                entry.target().map(target -> target.toString().substring(1)));
    }
}
