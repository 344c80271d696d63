package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unavailable;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderStatus;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings what is in mounted stores into the inode tree: at the first look at a path, at the first
 * listing of a directory, and again when asked.
 */
final class UnderSync {
    private static final Logger LOG = LoggerFactory.getLogger(UnderSync.class);
    private static final int BATCH = 500;
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final Parts parts;
    private final Removal removal;
    private final FileStatus.Access access;

    /**
     * Creates.
     *
     * @param access owner and group of what the mounted store gives none; the mode is not used
     */
    UnderSync(Parts parts, Removal removal, FileStatus.Access access) {
        this.parts = parts;
        this.removal = removal;
        this.access = access;
    }

    /**
     * Loads what is missing along a path, as far as {@code load} allows; native paths cost nothing.
     */
    void prepare(FilePath path, MetadataLoad wanted) {
        if (wanted == MetadataLoad.NEVER || parts.mounts().statusOf(path).isEmpty()) {
            return;
        }
        MetadataLoad load = atLeast(path, wanted);
        Chain chain = resolve(path);
        if (chain.complete() && load != MetadataLoad.SYNC) {
            // known paths do not need the mounted store to be there
            return;
        }
        Mount mount = parts.mounts().find(path).orElseThrow();
        while (!chain.complete() && chain.deepest().directory() && loadMissing(mount, chain)) {
            chain = resolve(path);
        }
        if (load == MetadataLoad.SYNC && chain.complete()) {
            refresh(mount, chain);
        }
    }

    /** What comes and goes by itself is compared at each look. */
    private MetadataLoad atLeast(FilePath path, MetadataLoad wanted) {
        return wanted != MetadataLoad.NEVER && parts.mounts().presented(path)
                ? MetadataLoad.SYNC
                : wanted;
    }

    private Chain resolve(FilePath path) {
        return parts.store().read(reader -> Tree.resolve(reader, path));
    }

    private boolean loadMissing(Mount mount, Chain chain) {
        FilePath path = chain.deepestPath().child(chain.missing());
        if (!mount.status().path().contains(path) || mount.status().path().equals(path)) {
            return false;
        }
        Optional<UnderStatus> status = mount.store().stat(mount.inside(path));
        status.ifPresent(found -> insert(chain.deepest(), List.of(found)));
        return status.isPresent();
    }

    /** Compares one inode with the mounted store. Returns whether it is still there. */
    private boolean refresh(Mount mount, Chain chain) {
        Inode inode = chain.target();
        if (inode.link().mountPoint() || !inMountedStore(inode)) {
            return true;
        }
        Optional<UnderStatus> status = mount.store().stat(mount.inside(chain.path()));
        if (status.isEmpty() || status.get().directory() != inode.directory()) {
            removal.forget(inode);
            return status.isPresent() && loadMissing(mount, resolve(chain.path()));
        }
        update(inode, status.get());
        return true;
    }

    private static boolean inMountedStore(Inode inode) {
        return inode.state().completed()
                && inode.state().persistence() == PersistenceState.PERSISTED;
    }

    /**
     * Makes sure that a file about to be read is what the mounted store has now. While the store
     * cannot be reached, files that are in memory as a whole are read as they were last seen.
     *
     * @throws NotFound when it has vanished there
     */
    void verify(Chain chain) {
        Inode inode = chain.target();
        if (inode.directory() || !inode.mounted() || !inMountedStore(inode)) {
            return;
        }
        Mount mount = parts.mounts().find(chain.path()).orElseThrow();
        boolean there;
        try {
            there = refresh(mount, chain);
        } catch (Unavailable e) {
            if (!inMemory(inode)) {
                throw e;
            }
            LOG.debug("reading from memory without comparing path={}", chain.path(), e);
            return;
        }
        if (!there) {
            throw new NotFound("path does not exist", chain.path());
        }
    }

    private boolean inMemory(Inode inode) {
        return StatusBuilder.underExtents(inode).stream()
                .allMatch(extent -> parts.cache().complete(BlockCache.Key.of(extent)));
    }

    private void update(Inode inode, UnderStatus status) {
        if (inode.directory() || inode.state().fingerprint().equals(status.fingerprint())) {
            return;
        }
        List<Extent> old =
                parts.store()
                        .transact(
                                tx ->
                                        Tree.lock(tx, inode.id())
                                                .filter(UnderSync::inMountedStore)
                                                .map(now -> replaceContent(tx, now, status))
                                                .orElse(List.of()));
        old.forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
    }

    private static List<Extent> replaceContent(Transaction tx, Inode now, UnderStatus status) {
        List<Extent> old = StatusBuilder.extents(tx, now);
        Tree.put(
                tx,
                now.withLength(status.length())
                        .withModified(status.modifiedMillis())
                        .withState(now.state().withContent(status.fingerprint())));
        return old;
    }

    /** Loads the children of a directory when they were not loaded, or when asked to look again. */
    void prepareChildren(Chain chain, MetadataLoad asked) {
        Inode directory = chain.target();
        MetadataLoad load = atLeast(chain.path(), asked);
        boolean wanted =
                load == MetadataLoad.ALWAYS
                        || load == MetadataLoad.SYNC
                        || (load == MetadataLoad.ONCE && !directory.state().childrenLoaded());
        if (!wanted || !directory.directory() || !directory.mounted()) {
            return;
        }
        Mount mount = parts.mounts().find(chain.path()).orElseThrow();
        List<UnderStatus> found;
        try {
            found = mount.store().list(mount.inside(chain.path()));
        } catch (NotFound e) {
            // a directory that only this node knows has nothing to load
            found = List.of();
        }
        for (int from = 0; from < found.size(); from += BATCH) {
            insert(directory, found.subList(from, Math.min(from + BATCH, found.size())));
        }
        if (load == MetadataLoad.SYNC) {
            compareChildren(directory, found);
        }
        if (!directory.state().childrenLoaded()) {
            markLoaded(directory);
        }
    }

    private void markLoaded(Inode directory) {
        parts.store().update(tx -> Tree.lock(tx, directory.id()).ifPresent(now -> mark(tx, now)));
    }

    private static void mark(Transaction tx, Inode now) {
        Tree.put(tx, now.withState(now.state().withChildrenLoaded()));
    }

    private void compareChildren(Inode directory, List<UnderStatus> found) {
        Map<Name, UnderStatus> byName = new HashMap<>();
        found.forEach(status -> byName.put(status.name(), status));
        List<Inode> children = new ArrayList<>();
        parts.store()
                .visit(
                        reader -> {
                            Tree.entries(
                                            reader,
                                            directory.id(),
                                            Optional.empty(),
                                            Integer.MAX_VALUE)
                                    .forEach(
                                            entry ->
                                                    Tree.find(reader, entry.child())
                                                            .ifPresent(children::add));
                        });
        for (Inode child : children) {
            UnderStatus status = byName.get(child.link().name());
            if (child.link().mountPoint() || !inMountedStore(child)) {
                continue;
            }
            if (status == null) {
                removal.forget(child);
            } else if (status.directory() != child.directory()) {
                removal.forget(child);
                insert(directory, List.of(status));
            } else {
                update(child, status);
            }
        }
    }

    private void insert(Inode directory, List<UnderStatus> found) {
        Set<Name> known =
                parts.store()
                        .read(
                                reader ->
                                        found.stream()
                                                .map(UnderStatus::name)
                                                .filter(
                                                        name ->
                                                                Tree.entry(
                                                                                reader,
                                                                                directory.id(),
                                                                                name)
                                                                        .isPresent())
                                                .collect(Collectors.toSet()));
        List<Inode> fresh =
                found.stream()
                        .filter(status -> !known.contains(status.name()))
                        .map(status -> inode(directory, status))
                        .toList();
        if (fresh.isEmpty()) {
            return;
        }
        parts.store()
                .update(
                        tx -> {
                            Tree.lockParent(tx, directory.id());
                            fresh.forEach(inode -> Tree.insert(tx, inode));
                        });
        parts.childrenChanged(directory.id());
    }

    private Inode inode(Inode directory, UnderStatus status) {
        int mode = status.directory() ? DIRECTORY_MODE : FILE_MODE;
        long now = parts.clock().millis();
        long modified = status.modifiedMillis() == 0 ? now : status.modifiedMillis();
        return new Inode(
                parts.ids().next(),
                new Inode.Link(directory.id(), status.name(), directory.link().mountId(), false),
                status.directory(),
                new FileStatus.Access(
                        status.owner().isEmpty() ? access.owner() : status.owner(),
                        status.group().isEmpty() ? access.group() : status.group(),
                        status.mode() < 0 ? mode : status.mode()),
                new FileStatus.Times(now, modified, modified),
                FileStatus.Ttl.NONE,
                new FileStatus.Layout(
                        status.directory() ? 0 : parts.config().blockSize().bytes(), 0, -1, 0),
                status.length(),
                new Inode.State(
                        true,
                        directory.state().pinned(),
                        false,
                        PersistenceState.PERSISTED,
                        WriteType.CACHE_THROUGH,
                        status.fingerprint(),
                        1,
                        0));
    }
}
