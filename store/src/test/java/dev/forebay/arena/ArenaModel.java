package dev.forebay.arena;

import dev.forebay.arena.Arena.Kind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an arena should do, in the plainest form. */
final class ArenaModel {
    final long capacity;
    final List<Entry> there = new ArrayList<>();
    private long releases;

    ArenaModel(long capacity) {
        this.capacity = capacity;
    }

    static final class Entry {
        final int id;
        final Kind kind;
        final Set<Object> holders = new HashSet<>();
        long length;
        boolean sealed;
        boolean freed;
        int pins;
        long released;

        Entry(int id, Kind kind, long length) {
            this.id = id;
            this.kind = kind;
            this.length = length;
        }

        boolean candidate() {
            return sealed && !freed && pins == 0 && holders.isEmpty();
        }
    }

    long used() {
        return there.stream().mapToLong(entry -> entry.length).sum();
    }

    /** Makes room; empty when it cannot, and then nothing goes. */
    Optional<List<Entry>> makeRoom(long bytes) {
        List<Entry> gone = new ArrayList<>();
        long missing = used() + bytes - capacity;
        for (Entry candidate : candidates()) {
            if (missing > 0) {
                gone.add(candidate);
                missing -= candidate.length;
            }
        }
        if (missing > 0) {
            return Optional.empty();
        }
        there.removeAll(gone);
        return Optional.of(gone);
    }

    List<Entry> candidates() {
        return there.stream()
                .filter(Entry::candidate)
                .sorted(
                        Comparator.comparing((Entry entry) -> entry.kind)
                                .thenComparingLong(entry -> entry.released))
                .toList();
    }

    /** After a release, an unpin or a touch. */
    void settle(Entry entry) {
        entry.released = releases++;
        if (entry.holders.isEmpty() && (!entry.sealed || entry.freed)) {
            there.remove(entry);
        }
    }
}
