package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.TtlAction;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.SupportsAttributes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Optional;

/** Changes attributes of one inode, or of a whole subtree inode by inode. */
final class Attributes {
    private static final Logger LOG = LoggerFactory.getLogger(Attributes.class);

    private final Parts parts;
    private final Walk walk;

    Attributes(Parts parts, Walk walk) {
        this.parts = parts;
        this.walk = walk;
    }

    void change(Principal caller, Chain chain, AttributeChange change) {
        requireRight(caller, chain, change);
        Inode target = chain.target();
        change.mode().ifPresent(Creation::checkMode);
        requireReplication(target, change);
        apply(target.id(), chain.path(), change);
        boolean pinsBelow = change.pinned().isPresent();
        boolean accessBelow = change.recursive() && changesAccess(change);
        if (target.directory() && (pinsBelow || accessBelow)) {
            AttributeChange below = below(change, accessBelow);
            walk.below(chain, found -> applyBelow(found, below));
        }
    }

    /** Changes the access control list, for its owner. */
    void changeAcl(Principal caller, Chain chain, Acl.Change change) {
        Permissions.requireTraverse(caller, chain);
        Permissions.requireOwner(caller, chain.target(), chain);
        parts.store()
                .update(
                        tx -> {
                            Inode now = lock(tx, chain);
                            Tree.put(
                                    tx,
                                    now.withAccess(
                                            AclRules.change(
                                                    now.access(), now.directory(), change)));
                        });
    }

    private static Inode lock(Transaction tx, Chain chain) {
        return Tree.lock(tx, chain.target().id())
                .orElseThrow(() -> new NotFound("path does not exist", chain.path()));
    }

    /** Stores a wish; false for a directory. */
    boolean setReplication(Principal caller, Chain chain, int replication) {
        Permissions.requireTraverse(caller, chain);
        Inode target = chain.target();
        Permissions.require(caller, target, Permissions.WRITE, chain);
        if (replication < 1 || replication > Short.MAX_VALUE) {
            throw new Invalid("replication is not 1 to 32767", replication);
        }
        if (target.directory()) {
            return false;
        }
        parts.store()
                .update(
                        tx -> {
                            Inode now = lock(tx, chain);
                            FileStatus.Layout layout = now.layout();
                            Inode after =
                                    now.withLayout(
                                            layout.withReplication(
                                                    layout.replicationMin(),
                                                    layout.replicationMax(),
                                                    replication));
                            QuotaRows.resized(tx, now, after, true);
                            Tree.put(tx, after);
                        });
        return true;
    }

    private void applyBelow(StatusBuilder.Found found, AttributeChange change) {
        try {
            apply(found.inode().id(), found.path(), change);
        } catch (NotFound e) {
            LOG.debug("path went away during a recursive change path={}", found.path(), e);
        }
    }

    private static boolean changesAccess(AttributeChange change) {
        return change.owner().isPresent()
                || change.group().isPresent()
                || change.mode().isPresent();
    }

    private static AttributeChange below(AttributeChange change, boolean access) {
        AttributeChange none = AttributeChange.NONE;
        return new AttributeChange(
                access ? change.owner() : none.owner(),
                access ? change.group() : none.group(),
                access ? change.mode() : none.mode(),
                change.pinned(),
                none.ttlMillis(),
                none.ttlAction(),
                none.replicationMin(),
                none.replicationMax(),
                none.persisted(),
                none.accessedMillis(),
                none.modifiedMillis(),
                false);
    }

    private static void requireRight(Principal caller, Chain chain, AttributeChange change) {
        Permissions.requireTraverse(caller, chain);
        if (change.owner().isPresent()) {
            Permissions.requireSuperuser(caller, chain.path());
        }
        if (!change.equals(AttributeChange.NONE)) {
            Permissions.requireOwner(caller, chain.target(), chain);
        }
    }

    private static void requireReplication(Inode inode, AttributeChange change) {
        int min = change.replicationMin().orElse(inode.layout().replicationMin());
        int max = change.replicationMax().orElse(inode.layout().replicationMax());
        boolean asked = change.replicationMin().isPresent() || change.replicationMax().isPresent();
        if (asked && (min < 0 || max < -1 || (max != -1 && min > max))) {
            throw new Invalid("least replication is over the greatest", min + " > " + max);
        }
    }

    private void apply(InodeId id, FilePath path, AttributeChange change) {
        Applied applied = parts.store().transact(tx -> apply(tx, id, path, change));
        change.pinned().ifPresent(pin -> pinBlocks(applied, pin));
        if (changesAccess(change)) {
            applyUnder(applied.after(), path, change);
        }
    }

    /** An inode before and after, with its extents. */
    private record Applied(Inode before, Inode after, List<Extent> extents) {}

    private static Applied apply(
            Transaction tx, InodeId id, FilePath path, AttributeChange change) {
        Inode before =
                Tree.lock(tx, id).orElseThrow(() -> new NotFound("path does not exist", path));
        Inode after = changed(before, change);
        if (!after.ttl().equals(before.ttl())) {
            Tree.deleteTtl(tx, before);
            Tree.putTtl(tx, after);
        }
        boolean persist =
                change.persisted().orElse(false)
                        && !before.directory()
                        && before.state().completed()
                        && before.state().persistence() == PersistenceState.NOT_PERSISTED;
        if (persist) {
            tx.put(FileSpaces.PERSIST, FileSpaces.key(id), FileSpaces.EMPTY);
        }
        if (!after.equals(before)) {
            Tree.put(tx, after);
        }
        return new Applied(before, after, StatusBuilder.extents(tx, after));
    }

    private static Inode changed(Inode inode, AttributeChange change) {
        FileStatus.Access access = inode.access();
        FileStatus.Times times = inode.times();
        FileStatus.Layout layout = inode.layout();
        TtlAction action = change.ttlAction().orElse(inode.ttl().action());
        return inode.withAccess(
                        new FileStatus.Access(
                                change.owner().orElse(access.owner()),
                                change.group().orElse(access.group()),
                                change.mode().orElse(access.mode()),
                                access.acl()))
                .withTimes(
                        new FileStatus.Times(
                                times.created(),
                                change.modifiedMillis().orElse(times.modified()),
                                change.accessedMillis().orElse(times.accessed())))
                .withTtl(
                        new FileStatus.Ttl(change.ttlMillis().orElse(inode.ttl().millis()), action))
                .withLayout(
                        layout.withReplication(
                                change.replicationMin().orElse(layout.replicationMin()),
                                change.replicationMax().orElse(layout.replicationMax()),
                                layout.replicationDurable()))
                .withState(
                        inode.state().withPinned(change.pinned().orElse(inode.state().pinned())));
    }

    private void pinBlocks(Applied applied, boolean pin) {
        if (applied.before().state().pinned() == pin) {
            return;
        }
        for (Extent extent : applied.extents()) {
            parts.cache().setPinned(BlockCache.Key.of(extent), pin);
        }
    }

    /**
     * Owner, group and mode go down where the mounted store can keep them; the names here are what
     * counts.
     */
    private void applyUnder(Inode inode, FilePath path, AttributeChange change) {
        boolean persisted = inode.state().persistence() == PersistenceState.PERSISTED;
        Optional<Mount> mount =
                inode.mounted() && persisted ? parts.mounts().find(path) : Optional.empty();
        if (mount.isPresent() && mount.get().store() instanceof SupportsAttributes store) {
            Optional<Integer> mode = change.mode().stream().boxed().findFirst();
            boolean all =
                    store.setAttributes(
                            mount.get().inside(path), change.owner(), change.group(), mode);
            if (!all) {
                LOG.info("mounted store did not take all attributes path={}", path);
            }
        }
    }
}
