package dev.forebay.files;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an access control list has beyond owner, group and mode, as POSIX.1e (draft 17) and HDFS
 * have it.
 *
 * <p>The entries of the owner, the mask and everybody else are the three parts of the mode: with an
 * entry beyond those three, the middle part of the mode is the mask, and the rights of the group
 * are an entry here. Default entries, of directories only, are all here.
 *
 * @param entries in the order of {@link Entry}, each scope, kind and name once
 */
public record Acl(List<Entry> entries) {
    /** Owner, group and mode are all there is. */
    public static final Acl NONE = new Acl(List.of());

    /** Entries of one scope, at most, with those in the mode. */
    public static final int ENTRIES_MAX = 32;

    /** Puts the entries into their order. */
    public Acl {
        entries = entries.stream().sorted().toList();
    }

    /** Whether there are no entries beyond owner, group and mode. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether what is below inherits from here. */
    public boolean hasDefaults() {
        return entries.stream().anyMatch(entry -> entry.scope() == Scope.DEFAULT);
    }

    /** Whether the middle part of the mode is a mask. */
    boolean hasMask() {
        return entries.stream().anyMatch(entry -> entry.scope() == Scope.ACCESS);
    }

    /** The entries of one scope beyond those in the mode. */
    List<Entry> of(Scope scope) {
        return entries.stream().filter(entry -> entry.scope() == scope).toList();
    }

    /** What an entry is for. */
    public enum Scope {
        /** Access to the file or directory itself. */
        ACCESS,
        /** What new children of the directory begin with. */
        DEFAULT
    }

    /** Whom an entry is about. */
    public enum Kind {
        /** A named user, or without a name the owner. */
        USER,
        /** A named group, or without a name the group of the file. */
        GROUP,
        /** The most that named users, and all groups, can have. */
        MASK,
        /** Everybody else. */
        OTHER
    }

    /**
     * One entry. The order is that of HDFS: access before default, users, groups, mask, others,
     * those without a name first.
     *
     * @param scope what it is for
     * @param kind whom it is about
     * @param name of the user or group; empty for the owner, the group, and where there is none
     * @param rights 4 read, 2 write, 1 execute, added
     */
    public record Entry(Scope scope, Kind kind, String name, int rights)
            implements Comparable<Entry> {
        private static final int RIGHTS_MAX = 7;

        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::scope)
                        .thenComparing(Entry::kind)
                        .thenComparing(Entry::name);

        /**
         * Checks the parts.
         *
         * @throws Invalid for a name at a mask or at others, or rights that are not 0 to 7
         */
        public Entry {
            if (!name.isEmpty() && (kind == Kind.MASK || kind == Kind.OTHER)) {
                throw new Invalid("an entry for mask or others has no name", name);
            }
            if (rights < 0 || rights > RIGHTS_MAX) {
                throw new Invalid("rights are not 0 to 7", rights);
            }
        }

        /** Text such as {@code default:user:bob:rw-}, as HDFS, POSIX and Alluxio write it. */
        public String text() {
            return (scope == Scope.DEFAULT ? "default:" : "")
                    + kind.name().toLowerCase(Locale.ROOT)
                    + ':'
                    + name
                    + ':'
                    + ((rights & Permissions.READ) == 0 ? '-' : 'r')
                    + ((rights & Permissions.WRITE) == 0 ? '-' : 'w')
                    + ((rights & Permissions.EXECUTE) == 0 ? '-' : 'x');
        }

        boolean named() {
            return !name.isEmpty();
        }

        /** Whether both are about the same, with whatever rights. */
        boolean matches(Entry other) {
            return ORDER.compare(this, other) == 0;
        }

        Entry withRights(int newRights) {
            return new Entry(scope, kind, name, newRights);
        }

        @Override
        public int compareTo(Entry other) {
            return ORDER.thenComparingInt(Entry::rights).compare(this, other);
        }
    }

    /** A change of a list. Masks that it does not give are computed from what they cover. */
    public sealed interface Change {
        /** Adds entries, or gives those that are there other rights. */
        record Merge(List<Entry> entries) implements Change {
            /** Copies the entries. */
            public Merge {
                entries = List.copyOf(entries);
            }
        }

        /** Removes entries; their rights do not matter, nor whether they are there. */
        record Remove(List<Entry> entries) implements Change {
            /** Copies the entries. */
            public Remove {
                entries = List.copyOf(entries);
            }
        }

        /**
         * Replaces all entries of the scopes that are named; those of the owner, the group and
         * others must be among them for access.
         */
        record Replace(List<Entry> entries) implements Change {
            /** Copies the entries. */
            public Replace {
                entries = List.copyOf(entries);
            }
        }

        /** Removes all default entries. */
        record RemoveDefaults() implements Change {}

        /** Removes all but owner, group and mode. */
        record Clear() implements Change {}
    }

    /**
     * Whether this list gives a caller rights; empty when it says nothing of the caller, who is not
     * the owner.
     */
    Optional<Boolean> gives(Principal caller, FileStatus.Access access, int rights) {
        int mask = access.mode() >> 3;
        boolean member = false;
        for (Entry entry : of(Scope.ACCESS)) {
            boolean enough = (entry.rights() & mask & rights) == rights;
            if (entry.kind() == Kind.USER && entry.name().equals(caller.user())) {
                return Optional.of(enough);
            }
            String group = entry.named() ? entry.name() : access.group();
            if (entry.kind() == Kind.GROUP && caller.groups().contains(group)) {
                if (enough) {
                    return Optional.of(true);
                }
                member = true;
            }
        }
        return member ? Optional.of(false) : Optional.empty();
    }

    /** Every entry of both scopes, with those that the mode has. */
    public static List<Entry> full(FileStatus.Access access) {
        List<Entry> all = new ArrayList<>(access.acl().entries());
        int mode = access.mode();
        all.add(new Entry(Scope.ACCESS, Kind.USER, "", mode >> 6 & 7));
        boolean masked = access.acl().hasMask();
        all.add(new Entry(Scope.ACCESS, masked ? Kind.MASK : Kind.GROUP, "", mode >> 3 & 7));
        all.add(new Entry(Scope.ACCESS, Kind.OTHER, "", mode & 7));
        all.sort(Comparator.naturalOrder());
        return all;
    }
}
