package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.meta.Transaction;

import java.util.List;
import java.util.Optional;

/** The rows of one file that is being written. Used by one thread at a time. */
final class WrittenRows {
    private final Parts parts;
    private final WriteTarget target;
    private final WrittenBytes bytes;

    /** What the file had and has no more, to be dropped once that is durable. */
    private List<Extent> replaced = List.of();

    WrittenRows(Parts parts, WriteTarget target, WrittenBytes bytes) {
        this.parts = parts;
        this.target = target;
        this.bytes = bytes;
    }

    private InodeId id() {
        return target.inode().id();
    }

    /** A whole block must have room in the quotas above, as in a real NameNode. */
    void requireRoomForBlock() {
        long blockSize = target.inode().layout().blockSize();
        parts.store()
                .visit(
                        reader ->
                                Tree.find(reader, id())
                                        .ifPresent(
                                                now ->
                                                        QuotaRows.requireRoom(
                                                                reader,
                                                                now,
                                                                bytes.position()
                                                                        - now.length()
                                                                        + blockSize)));
    }

    /**
     * Notes what is durable; nothing when the file was deleted meanwhile.
     *
     * @return the extents that the file had and that no snapshot needs
     */
    List<Extent> store(Transaction tx, List<Extent> extents) {
        Optional<Inode> found = Tree.lock(tx, id());
        if (found.isEmpty()) {
            return List.of();
        }
        Inode inode = found.get();
        List<Extent> old = putExtents(tx, inode, extents);
        Inode.State state = inode.state().withBlocksMade(bytes.blocksMade());
        Inode now =
                inode.withLength(bytes.position())
                        .withModified(parts.clock().millis())
                        .withState(inode.mounted() ? state.withLocalBytes() : state);
        QuotaRows.resized(tx, inode, now, true);
        Tree.put(tx, now);
        return old;
    }

    private List<Extent> putExtents(Transaction tx, Inode inode, List<Extent> extents) {
        List<Extent> old = StatusBuilder.extents(tx, inode);
        Tree.replaceExtents(tx, inode.id(), extents);
        bytes.putInline(tx, extents);
        return KeptRows.unneeded(tx, inode.id(), old);
    }

    /**
     * Completes the file; false, with nothing done, when it was deleted meanwhile.
     *
     * @param limited whether quotas may refuse it
     */
    boolean complete(Transaction tx, String fingerprint, boolean limited) {
        Optional<Inode> found = Tree.lock(tx, id());
        if (found.isEmpty() || Tree.path(tx, id()).isEmpty()) {
            return false;
        }
        Inode inode = found.get();
        PersistenceState state = persistence();
        if (bytes.place() != Extent.Place.UNDER) {
            replaced = putExtents(tx, inode, bytes.finished());
        }
        tx.delete(FileSpaces.LEASE, FileSpaces.key(inode.id()));
        if (state == PersistenceState.TO_BE_PERSISTED) {
            tx.put(FileSpaces.PERSIST, FileSpaces.key(inode.id()), FileSpaces.EMPTY);
        }
        Inode now =
                inode.withLength(bytes.position())
                        .withModified(parts.clock().millis())
                        .withState(
                                inode.state()
                                        .withBlocksMade(bytes.blocksMade())
                                        .withCompleted(state, fingerprint));
        QuotaRows.resized(tx, inode, now, limited);
        Tree.put(tx, now);
        return true;
    }

    /** What {@link #complete} took out of the file. */
    List<Extent> replaced() {
        return replaced;
    }

    /** How durable the file is once it is complete. */
    PersistenceState persistence() {
        return switch (bytes.place()) {
            case MEMORY -> PersistenceState.NOT_PERSISTED;
            case UNDER -> PersistenceState.PERSISTED;
            case DISK, INLINE ->
                    target.mount().isPresent()
                            ? PersistenceState.TO_BE_PERSISTED
                            : PersistenceState.PERSISTED;
        };
    }

    /** Removes the file. */
    void remove() {
        Optional<InodeId> parent =
                parts.store()
                        .transact(
                                tx -> {
                                    Optional<Inode> inode = Tree.lock(tx, id());
                                    inode.ifPresent(found -> Tree.remove(tx, found));
                                    return inode.map(found -> found.link().parent());
                                });
        parent.ifPresent(parts::childrenChanged);
    }
}
