package dev.forebay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who may do what with a path.
 *
 * @param owner user name
 * @param group group name
 * @param mode permissions; those of the group are the mask when there are entries
 * @param entries beyond the mode; empty when there are none
 */
public record AccessList(String owner, String group, Mode mode, List<Entry> entries) {
    /** Copies the entries. */
    public AccessList {
        entries = List.copyOf(entries);
    }

    /**
     * Entries with those of the owner, the group and others added where they are missing, with what
     * this list gives them.
     */
    public List<Entry> complete(List<Entry> given) {
        List<Entry> whole = new ArrayList<>(given);
        addIfMissing(whole, new Entry(false, Kind.USER, "", mode.owner()));
        addIfMissing(whole, new Entry(false, Kind.GROUP, "", groupBits()));
        addIfMissing(whole, new Entry(false, Kind.OTHER, "", mode.other()));
        return List.copyOf(whole);
    }

    /** With entries beyond it the middle of the mode is the mask. */
    private Bits groupBits() {
        return entries.stream()
                .filter(entry -> entry.sameAs(false, Kind.GROUP))
                .map(Entry::bits)
                .findFirst()
                .orElse(mode.group());
    }

    private static void addIfMissing(List<Entry> whole, Entry wanted) {
        if (whole.stream().noneMatch(each -> each.sameAs(wanted.inherited, wanted.kind))) {
            whole.add(wanted);
        }
    }

    /** Whom an entry is about. */
    public enum Kind {
        /** A user, or the owner when it has no name. */
        USER,
        /** A group, or the file's group when it has no name. */
        GROUP,
        /** The most that named users and groups may do. */
        MASK,
        /** Everybody else. */
        OTHER
    }

    /**
     * One entry.
     *
     * @param inherited whether it goes to what is made in the directory, in place of counting here
     * @param kind whom it is about
     * @param name of a user or group; empty for the owner, the file's group, the mask and others
     * @param bits what is allowed
     */
    public record Entry(boolean inherited, Kind kind, String name, Bits bits) {
        private static final String INHERITED = "default:";

        /**
         * Reads the usual form.
         *
         * @param text such as {@code user:ann:rw-}, {@code group::r-x}, {@code default:other::---}
         * @throws FilesException.InvalidArgument when it is anything else
         */
        public static Entry parse(String text) {
            boolean inherited = text.startsWith(INHERITED);
            String[] parts = (inherited ? text.substring(INHERITED.length()) : text).split(":", -1);
            if (parts.length != 3
                    || !parts[0].matches("user|group|mask|other")
                    || !parts[2].matches("[r-][w-][x-]")) {
                throw FilesException.of(
                        Status.INVALID_ARGUMENT, "not an entry such as user:ann:rw-", text);
            }
            Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
            return new Entry(inherited, kind, parts[1], bits(parts[2]));
        }

        private boolean sameAs(boolean otherInherited, Kind otherKind) {
            return inherited == otherInherited && kind == otherKind && name.isEmpty();
        }

        private static Bits bits(String text) {
            int digit = text.charAt(0) == 'r' ? 4 : 0;
            digit += text.charAt(1) == 'w' ? 2 : 0;
            digit += text.charAt(2) == 'x' ? 1 : 0;
            return Bits.of(digit);
        }

        /** The form that {@link #parse} reads. */
        @Override
        public String toString() {
            return (inherited ? INHERITED : "")
                    + kind.name().toLowerCase(Locale.ROOT)
                    + ":"
                    + name
                    + ":"
                    + bits;
        }
    }
}
