package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;

import java.util.List;

/**
 * The stored record of a file or directory.
 *
 * @param id its identity
 * @param link where it hangs in the tree
 * @param directory whether it is a directory
 * @param access owner, group, mode, ACL
 * @param times creation, modification, access
 * @param ttl time to live
 * @param layout block size, replication, and the storage policy of its own
 * @param length bytes of a completed file; of one under construction those that are durable
 * @param state what may change in the course of its life
 * @param past what snapshots show it
 */
record Inode(
        InodeId id,
        Link link,
        boolean directory,
        FileStatus.Access access,
        FileStatus.Times times,
        FileStatus.Ttl ttl,
        FileStatus.Layout layout,
        long length,
        State state,
        Past past) {
    /** An inode that no snapshot shows. */
    Inode(
            InodeId id,
            Link link,
            boolean directory,
            FileStatus.Access access,
            FileStatus.Times times,
            FileStatus.Ttl ttl,
            FileStatus.Layout layout,
            long length,
            State state) {
        this(id, link, directory, access, times, ttl, layout, length, state, Past.NONE);
    }

    /**
     * What snapshots show of it.
     *
     * @param snapshots for directories: whether snapshots of it may be made
     * @param born the newest snapshot when it was made or came to where it is: it shows through the
     *     directories above only in later ones
     * @param covers snapshots that show it, and what is below it, whatever is above
     */
    record Past(boolean snapshots, long born, List<Cover> covers) {
        static final Past NONE = new Past(false, 0, List.of());

        /** Copies the covers. */
        Past {
            covers = List.copyOf(covers);
        }
    }

    /**
     * Where an inode hangs.
     *
     * @param parent the directory that holds it; its own id for the root
     * @param name its name there; for the root a placeholder
     * @param mountId the mount it belongs to: {@link Mount#NATIVE} or a mount's number
     * @param mountPoint whether the mount begins here
     */
    record Link(InodeId parent, Name name, long mountId, boolean mountPoint) {}

    /**
     * What changes.
     *
     * @param completed false while a file is being written
     * @param pinned whether it is kept in memory
     * @param childrenLoaded for directories of a mount: whether the mounted folder was listed
     * @param persistence how durable it is; LOST is never stored
     * @param writeType where the bytes go
     * @param fingerprint of the mounted store
     * @param generation counts the contents the file has had, from 1
     * @param blocksMade block numbers of this inode that were given out; none is used again
     */
    record State(
            boolean completed,
            boolean pinned,
            boolean childrenLoaded,
            PersistenceState persistence,
            WriteType writeType,
            String fingerprint,
            long generation,
            long blocksMade) {
        State withCompleted(PersistenceState newPersistence, String newFingerprint) {
            return new State(
                    true,
                    pinned,
                    childrenLoaded,
                    newPersistence,
                    writeType,
                    newFingerprint,
                    generation,
                    blocksMade);
        }

        State withPinned(boolean newPinned) {
            return new State(
                    completed,
                    newPinned,
                    childrenLoaded,
                    persistence,
                    writeType,
                    fingerprint,
                    generation,
                    blocksMade);
        }

        State withChildrenLoaded() {
            return new State(
                    completed,
                    pinned,
                    true,
                    persistence,
                    writeType,
                    fingerprint,
                    generation,
                    blocksMade);
        }

        State withContent(String newFingerprint) {
            return new State(
                    completed,
                    pinned,
                    childrenLoaded,
                    PersistenceState.PERSISTED,
                    writeType,
                    newFingerprint,
                    generation + 1,
                    blocksMade);
        }

        /** Under construction again: what is stored stays what readers see. */
        State continued() {
            return new State(
                    false,
                    pinned,
                    childrenLoaded,
                    persistence,
                    writeType,
                    fingerprint,
                    generation + 1,
                    blocksMade);
        }

        /** Other blocks, of the same bytes. */
        State withNextGeneration() {
            return new State(
                    completed,
                    pinned,
                    childrenLoaded,
                    persistence,
                    writeType,
                    fingerprint,
                    generation + 1,
                    blocksMade);
        }

        State withBlocksMade(long count) {
            return new State(
                    completed,
                    pinned,
                    childrenLoaded,
                    persistence,
                    writeType,
                    fingerprint,
                    generation,
                    Math.max(blocksMade, count));
        }

        /** Under construction, with bytes that the mounted store does not have. */
        State withLocalBytes() {
            return new State(
                    completed,
                    pinned,
                    childrenLoaded,
                    PersistenceState.NOT_PERSISTED,
                    writeType,
                    "",
                    generation,
                    blocksMade);
        }
    }

    boolean isRoot() {
        return id.equals(InodeId.ROOT);
    }

    boolean mounted() {
        return link.mountId() != Mount.NATIVE;
    }

    /** When the time to live is over; meaningful only where there is one. */
    long dueMillis() {
        return ttl.millis() > Long.MAX_VALUE - times.created()
                ? Long.MAX_VALUE
                : times.created() + ttl.millis();
    }

    boolean hasTtl() {
        return ttl.millis() >= 0;
    }

    Inode withLink(Link newLink) {
        return new Inode(id, newLink, directory, access, times, ttl, layout, length, state, past);
    }

    Inode withAccess(FileStatus.Access newAccess) {
        return new Inode(id, link, directory, newAccess, times, ttl, layout, length, state, past);
    }

    Inode withTimes(FileStatus.Times newTimes) {
        return new Inode(id, link, directory, access, newTimes, ttl, layout, length, state, past);
    }

    Inode withModified(long millis) {
        return withTimes(new FileStatus.Times(times.created(), millis, times.accessed()));
    }

    Inode withTtl(FileStatus.Ttl newTtl) {
        return new Inode(id, link, directory, access, times, newTtl, layout, length, state, past);
    }

    Inode withLayout(FileStatus.Layout newLayout) {
        return new Inode(id, link, directory, access, times, ttl, newLayout, length, state, past);
    }

    Inode withLength(long newLength) {
        return new Inode(id, link, directory, access, times, ttl, layout, newLength, state, past);
    }

    Inode withState(State newState) {
        return new Inode(id, link, directory, access, times, ttl, layout, length, newState, past);
    }

    Inode withPast(Past newPast) {
        return new Inode(id, link, directory, access, times, ttl, layout, length, state, newPast);
    }
}
