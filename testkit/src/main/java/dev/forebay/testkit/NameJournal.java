package dev.forebay.testkit;

import dev.forebay.base.Randomness;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names are durable, and which changes of names are not yet. As on a journaling file system,
 * what survives of the changes in one directory is a prefix, and a rename survives whole or not at
 * all. Guarded by its disk.
 */
final class NameJournal {
    private final Map<Path, FaultyContent> durable = new HashMap<>();
    private final List<Change> pending = new ArrayList<>();

    private sealed interface Change {}

    private record Create(Path path, FaultyContent content) implements Change {}

    private record Delete(Path path) implements Change {}

    private record Rename(Path source, Path target) implements Change {}

    void create(Path path, FaultyContent content) {
        pending.add(new Create(path, content));
    }

    void delete(Path path) {
        pending.add(new Delete(path));
    }

    void rename(Path source, Path target) {
        pending.add(new Rename(source, target));
    }

    Map<Path, FaultyContent> durable() {
        return Map.copyOf(durable);
    }

    /** Makes durable what was done in a directory, and what that rests on in others. */
    void sync(Path directory) {
        Set<@Nullable Path> included = new HashSet<>();
        included.add(directory);
        List<Change> reached = new ArrayList<>();
        for (Change change : pending.reversed()) {
            if (touches(change, included)) {
                included.addAll(directories(change));
                reached.add(change);
            }
        }
        reached.reversed().forEach(this::apply);
        pending.removeAll(reached);
    }

    /** Lets a prefix of the changes in each directory survive, and forgets the rest. */
    void crash(Randomness randomness) {
        Survival survival = Survival.any(randomness);
        Set<@Nullable Path> lost = new HashSet<>();
        for (Change change : pending) {
            if (touches(change, lost) || !survival.keeps(randomness)) {
                lost.addAll(directories(change));
            } else {
                apply(change);
            }
        }
        pending.clear();
    }

    /** Lets no change survive that was not synced. */
    void forget() {
        pending.clear();
    }

    private static boolean touches(Change change, Set<@Nullable Path> directories) {
        return directories(change).stream().anyMatch(directories::contains);
    }

    private static List<@Nullable Path> directories(Change change) {
        List<@Nullable Path> directories = new ArrayList<>();
        switch (change) {
            case Create create -> directories.add(create.path().getParent());
            case Delete delete -> directories.add(delete.path().getParent());
            case Rename rename -> {
                directories.add(rename.source().getParent());
                directories.add(rename.target().getParent());
            }
        }
        return directories;
    }

    private void apply(Change change) {
        switch (change) {
            case Create create -> durable.put(create.path(), create.content());
            case Delete delete -> durable.remove(delete.path());
            case Rename rename -> {
                FaultyContent content = durable.remove(rename.source());
                if (content != null) {
                    durable.put(rename.target(), content);
                }
            }
        }
    }
}
