package dev.forebay.files;

import dev.forebay.base.error.Invalid;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How access control lists change and are inherited: POSIX.1e (draft 17), and where that is silent
 * HDFS (hadoop.apache.org, HDFS Permissions Guide, ACLs). Pure functions.
 */
final class AclRules {
    private static final int RIGHTS = 7;

    private AclRules() {}

    /**
     * Access after a change.
     *
     * @throws Invalid when the list would not be well formed, naming what is wrong
     */
    static FileStatus.Access change(
            FileStatus.Access access, boolean directory, Acl.Change change) {
        Draft draft = new Draft();
        List<Acl.Entry> before = Acl.full(access);
        switch (change) {
            case Acl.Change.Merge(var entries) -> draft.merge(before, checked(entries));
            case Acl.Change.Remove(var entries) -> draft.remove(before, checked(entries));
            case Acl.Change.Replace(var entries) -> draft.replace(before, checked(entries));
            case Acl.Change.RemoveDefaults() ->
                    draft.keep(before, entry -> entry.scope() == Acl.Scope.ACCESS);
            case Acl.Change.Clear() -> {
                return cleared(access);
            }
        }
        List<Acl.Entry> after = draft.finish();
        requireWellFormed(after, directory);
        return access(access, after);
    }

    private static List<Acl.Entry> checked(List<Acl.Entry> entries) {
        for (Acl.Entry entry : entries) {
            if (entries.stream().filter(entry::matches).count() > 1) {
                throw new Invalid("an entry is given twice", entry);
            }
        }
        return entries;
    }

    /** The rights of the group, which the mask hid, come back into the mode. */
    private static FileStatus.Access cleared(FileStatus.Access access) {
        int group =
                access.acl().of(Acl.Scope.ACCESS).stream()
                        .filter(entry -> entry.kind() == Acl.Kind.GROUP && !entry.named())
                        .findFirst()
                        .map(Acl.Entry::rights)
                        .orElse(access.mode() >> 3 & RIGHTS);
        return new FileStatus.Access(
                access.owner(), access.group(), (access.mode() & ~(RIGHTS << 3)) | group << 3);
    }

    private static void requireWellFormed(List<Acl.Entry> entries, boolean directory) {
        for (Acl.Scope scope : Acl.Scope.values()) {
            List<Acl.Entry> scoped =
                    entries.stream().filter(entry -> entry.scope() == scope).toList();
            if (scoped.size() > Acl.ENTRIES_MAX) {
                throw new Invalid("more than 32 entries of one scope", scoped.size());
            }
            if (scoped.isEmpty() && scope == Acl.Scope.DEFAULT) {
                return;
            }
            if (scope == Acl.Scope.DEFAULT && !directory) {
                throw new Invalid("only directories may have a default ACL", scoped.getFirst());
            }
            for (Acl.Kind kind : List.of(Acl.Kind.USER, Acl.Kind.GROUP, Acl.Kind.OTHER)) {
                if (find(scoped, scope, kind).isEmpty()) {
                    throw new Invalid(
                            "entries for user, group and other are needed",
                            scope + " " + kind + " is missing");
                }
            }
        }
    }

    private static Optional<Acl.Entry> find(
            List<Acl.Entry> entries, Acl.Scope scope, Acl.Kind kind) {
        return entries.stream()
                .filter(entry -> entry.scope() == scope && entry.kind() == kind && !entry.named())
                .findFirst();
    }

    /** Splits a full list into a mode and what goes beyond it. */
    private static FileStatus.Access access(FileStatus.Access before, List<Acl.Entry> entries) {
        int owner = rights(entries, Acl.Kind.USER);
        int other = rights(entries, Acl.Kind.OTHER);
        boolean masked = find(entries, Acl.Scope.ACCESS, Acl.Kind.MASK).isPresent();
        int middle = rights(entries, masked ? Acl.Kind.MASK : Acl.Kind.GROUP);
        List<Acl.Entry> beyond =
                entries.stream()
                        .filter(entry -> entry.scope() == Acl.Scope.DEFAULT || beyond(entry))
                        .filter(
                                entry ->
                                        masked
                                                || entry.scope() == Acl.Scope.DEFAULT
                                                || entry.named())
                        .toList();
        return new FileStatus.Access(
                before.owner(),
                before.group(),
                (before.mode() & Permissions.STICKY) | owner << 6 | middle << 3 | other,
                new Acl(beyond));
    }

    /** Whether an access entry is not a part of the mode where there is a mask. */
    private static boolean beyond(Acl.Entry entry) {
        return entry.named() || entry.kind() == Acl.Kind.GROUP;
    }

    private static int rights(List<Acl.Entry> entries, Acl.Kind kind) {
        return find(entries, Acl.Scope.ACCESS, kind).map(Acl.Entry::rights).orElse(0);
    }

    /**
     * What a new child begins with: the default entries of its parent, cut by the mode that was
     * asked for; without such entries just that mode.
     *
     * @param parent the directory
     * @param wanted owner, group and mode of the child
     * @param directory whether the child is one, so that it hands the entries on
     */
    static FileStatus.Access inherit(
            FileStatus.Access parent, FileStatus.Access wanted, boolean directory) {
        List<Acl.Entry> defaults = parent.acl().of(Acl.Scope.DEFAULT);
        if (defaults.isEmpty()) {
            return wanted;
        }
        boolean masked = find(defaults, Acl.Scope.DEFAULT, Acl.Kind.MASK).isPresent();
        List<Acl.Entry> entries = new ArrayList<>();
        for (Acl.Entry entry : defaults) {
            int limit =
                    switch (entry.kind()) {
                        case USER -> entry.named() ? RIGHTS : wanted.mode() >> 6;
                        case GROUP -> masked ? RIGHTS : wanted.mode() >> 3;
                        case MASK -> wanted.mode() >> 3;
                        case OTHER -> wanted.mode();
                    };
            entries.add(
                    new Acl.Entry(
                            Acl.Scope.ACCESS,
                            entry.kind(),
                            entry.name(),
                            entry.rights() & limit & RIGHTS));
        }
        if (directory) {
            entries.addAll(defaults);
        }
        return access(wanted, entries);
    }

    /** A list being made. */
    private static final class Draft {
        private final List<Acl.Entry> entries = new ArrayList<>();
        private final Map<Acl.Scope, Acl.Entry> masks = new EnumMap<>(Acl.Scope.class);

        /** Scopes whose mask the change names. */
        private final Set<Acl.Scope> masksNamed = EnumSet.noneOf(Acl.Scope.class);

        /** Scopes in which the change touches anything. */
        private final Set<Acl.Scope> touched = EnumSet.noneOf(Acl.Scope.class);

        void merge(List<Acl.Entry> before, List<Acl.Entry> given) {
            keep(before, entry -> given.stream().noneMatch(entry::matches));
            given.forEach(this::put);
        }

        void remove(List<Acl.Entry> before, List<Acl.Entry> given) {
            keep(before, entry -> given.stream().noneMatch(entry::matches));
            before.stream()
                    .filter(entry -> given.stream().anyMatch(entry::matches))
                    .forEach(this::touch);
        }

        void replace(List<Acl.Entry> before, List<Acl.Entry> given) {
            given.forEach(this::put);
            keep(before, entry -> !touched.contains(entry.scope()));
        }

        void keep(List<Acl.Entry> before, Predicate<Acl.Entry> stays) {
            before.stream().filter(stays).forEach(this::add);
        }

        private void put(Acl.Entry entry) {
            add(entry);
            touch(entry);
        }

        private void add(Acl.Entry entry) {
            if (entry.kind() == Acl.Kind.MASK) {
                masks.put(entry.scope(), entry);
            } else {
                entries.add(entry);
            }
        }

        private void touch(Acl.Entry entry) {
            touched.add(entry.scope());
            if (entry.kind() == Acl.Kind.MASK) {
                masksNamed.add(entry.scope());
            }
        }

        List<Acl.Entry> finish() {
            completeDefaults();
            for (Acl.Scope scope : Acl.Scope.values()) {
                addMask(scope);
            }
            entries.sort(null);
            return entries;
        }

        /** Default entries that are needed and not given are those of access. */
        private void completeDefaults() {
            if (entries.stream().noneMatch(entry -> entry.scope() == Acl.Scope.DEFAULT)) {
                return;
            }
            for (Acl.Kind kind : List.of(Acl.Kind.USER, Acl.Kind.GROUP, Acl.Kind.OTHER)) {
                Optional<Acl.Entry> access = find(entries, Acl.Scope.ACCESS, kind);
                if (access.isPresent() && find(entries, Acl.Scope.DEFAULT, kind).isEmpty()) {
                    entries.add(new Acl.Entry(Acl.Scope.DEFAULT, kind, "", access.get().rights()));
                }
            }
        }

        /** A mask with nothing to cover is left out, as HDFS does. */
        private void addMask(Acl.Scope scope) {
            List<Acl.Entry> scoped =
                    entries.stream().filter(entry -> entry.scope() == scope).toList();
            if (scoped.isEmpty()) {
                return;
            }
            boolean needed = scoped.stream().anyMatch(Acl.Entry::named);
            Acl.Entry mask = masks.get(scope);
            if (mask == null && needed && masksNamed.contains(scope)) {
                throw new Invalid("the mask is needed and cannot be removed", scope);
            }
            if (mask != null && (masksNamed.contains(scope) || !touched.contains(scope))) {
                entries.add(mask);
            } else if (needed || mask != null) {
                int union =
                        scoped.stream()
                                .filter(entry -> entry.named() || entry.kind() == Acl.Kind.GROUP)
                                .mapToInt(Acl.Entry::rights)
                                .reduce(0, (left, right) -> left | right);
                entries.add(new Acl.Entry(scope, Acl.Kind.MASK, "", union));
            }
        }
    }
}
