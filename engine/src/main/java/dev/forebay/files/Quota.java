package dev.forebay.files;

import java.util.OptionalLong;

/**
 * What a directory may hold with all below; mounts below are not counted.
 *
 * @param names files and directories, itself included, 0 or more; -1 for any number
 * @param space bytes of all files, each times its replication, 0 or more; -1 for any number
 */
public record Quota(long names, long space) {
    /** No limit. */
    public static final Quota NONE = new Quota(-1, -1);

    /** Turns every negative number into -1. */
    public Quota {
        names = Math.max(names, -1);
        space = Math.max(space, -1);
    }

    /**
     * New limits; what is absent stays, negative numbers take a limit away.
     *
     * @param names files and directories
     * @param space bytes
     */
    public record Change(OptionalLong names, OptionalLong space) {
        Quota applied(Quota before) {
            return new Quota(names.orElse(before.names), space.orElse(before.space));
        }
    }
}
