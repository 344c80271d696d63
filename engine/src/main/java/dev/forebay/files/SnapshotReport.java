package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between two moments, told directory by directory as HDFS tells it: that a directory
 * differs, then what was made in it, then what left it. Tools that replay the changes elsewhere,
 * such as distcp, go by these rules:
 *
 * <ul>
 *   <li>Paths are those of the earlier moment, also of what was made in a directory that has
 *       another name since; only the target of a rename is of the later one.
 *   <li>What was renamed out of a directory that is gone was made where it is.
 *   <li>What was renamed into a directory that was made is a rename.
 * </ul>
 *
 * @param fromEarlier whether the changes lead from the first moment to the second; else from the
 *     second to the first, whatever was asked for
 * @param changes from the earlier moment to the later one
 */
public record SnapshotReport(boolean fromEarlier, List<Entry> changes) {
    /** Copies the changes. */
    public SnapshotReport {
        changes = List.copyOf(changes);
    }

    /**
     * One difference.
     *
     * @param kind what happened
     * @param path below the directory that was asked for
     * @param target of a rename
     * @param directory where in the list it is told that its directory differs; its own place for
     *     what is modified
     */
    public record Entry(
            Snapshots.Kind kind, FilePath path, Optional<FilePath> target, int directory) {
        private Entry reversed() {
            return switch (kind) {
                case MODIFIED -> this;
                case CREATED -> new Entry(Snapshots.Kind.DELETED, path, target, directory);
                case DELETED -> new Entry(Snapshots.Kind.CREATED, path, target, directory);
                case RENAMED -> new Entry(kind, target.orElseThrow(), Optional.of(path), directory);
            };
        }
    }

    /** Compares two moments; the same errors as {@link Snapshots#compare}. */
    public static SnapshotReport of(Snapshots snapshots, Principal caller, Between between) {
        FilePath directory = between.directory();
        boolean fromEarlier = isEarlier(snapshots, caller, between);
        List<Snapshots.Change> changes =
                fromEarlier
                        ? snapshots.compare(caller, directory, between.from(), between.to())
                        : snapshots.compare(caller, directory, between.to(), between.from());
        return new SnapshotReport(fromEarlier, new Arranging(changes).arranged());
    }

    /**
     * Two moments of a directory.
     *
     * @param directory that may have snapshots
     * @param from a snapshot; empty for now
     * @param to a snapshot; empty for now
     */
    public record Between(FilePath directory, Optional<Name> from, Optional<Name> to) {}

    /** Names that nothing has are left to the comparison, which says so. */
    private static boolean isEarlier(Snapshots snapshots, Principal caller, Between between) {
        if (between.from().isEmpty() || between.to().isEmpty()) {
            return between.from().isPresent() || between.to().isEmpty();
        }
        for (Snapshots.Snapshot each : snapshots.list(caller, between.directory())) {
            if (each.name().equals(between.from().get())) {
                return true;
            }
            if (each.name().equals(between.to().get())) {
                return false;
            }
        }
        return true;
    }

    /** The changes from the moment that was asked for first to the other. */
    public List<Entry> asked() {
        return fromEarlier ? changes : changes.stream().map(Entry::reversed).toList();
    }

    private static final class Arranging {
        private static final Comparator<FilePath> COMPONENTS = Arranging::compare;

        private final List<FilePath> modified = new ArrayList<>();

        /** Where what was renamed is, by where it was. */
        private final Map<FilePath, FilePath> renamed = new HashMap<>();

        /** What was made, and what left, by the directory that it was made in or left. */
        private final Map<FilePath, List<Snapshots.Change>> made = new HashMap<>();

        private final Map<FilePath, List<Snapshots.Change>> left = new HashMap<>();

        Arranging(List<Snapshots.Change> changes) {
            for (Snapshots.Change change : changes) {
                switch (change.kind()) {
                    case MODIFIED -> modified.add(change.path());
                    case RENAMED -> renamed.put(change.path(), change.target().orElseThrow());
                    case CREATED, DELETED -> {}
                }
            }
            modified.sort(COMPONENTS);
            Map<FilePath, FilePath> then = new HashMap<>();
            modified.forEach(path -> then.put(now(path), path));
            changes.forEach(change -> place(change, then));
        }

        private FilePath now(FilePath then) {
            for (int depth = then.depth(); depth > 0; depth--) {
                FilePath above = then.prefix(depth);
                FilePath target = renamed.get(above);
                if (target != null) {
                    return target.resolve(above.relativize(then));
                }
            }
            return then;
        }

        private void place(Snapshots.Change change, Map<FilePath, FilePath> then) {
            switch (change.kind()) {
                case MODIFIED -> {}
                case CREATED -> make(change.path(), then);
                case DELETED -> leave(change);
                case RENAMED -> {
                    if (differs(change.path().parent())) {
                        leave(change);
                    } else {
                        make(change.target().orElseThrow(), then);
                    }
                }
            }
        }

        private boolean differs(FilePath path) {
            return Collections.binarySearch(modified, path, COMPONENTS) >= 0;
        }

        /** What is made in a directory that was made itself is told by that. */
        private void make(FilePath path, Map<FilePath, FilePath> then) {
            FilePath directory = then.get(path.parent());
            if (directory != null) {
                made.computeIfAbsent(directory, _ -> new ArrayList<>())
                        .add(
                                new Snapshots.Change(
                                        Snapshots.Kind.CREATED,
                                        directory.child(path.name()),
                                        Optional.empty()));
            }
        }

        private void leave(Snapshots.Change change) {
            left.computeIfAbsent(change.path().parent(), _ -> new ArrayList<>()).add(change);
        }

        List<Entry> arranged() {
            List<Entry> entries = new ArrayList<>();
            for (FilePath path : modified) {
                int directory = entries.size();
                entries.add(new Entry(Snapshots.Kind.MODIFIED, path, Optional.empty(), directory));
                for (var changes : List.of(made, left)) {
                    changes.getOrDefault(path, List.of()).stream()
                            .sorted(Comparator.comparing(change -> change.path().name()))
                            .map(
                                    change ->
                                            new Entry(
                                                    change.kind(),
                                                    change.path(),
                                                    change.target(),
                                                    directory))
                            .forEach(entries::add);
                }
            }
            return entries;
        }

        private static int compare(FilePath left, FilePath right) {
            int shared = Math.min(left.depth(), right.depth());
            for (int i = 0; i < shared; i++) {
                int order = left.names().get(i).compareTo(right.names().get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(left.depth(), right.depth());
        }
    }
}
