package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.Unavailable;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;
import dev.forebay.understore.UnderWriter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Brings files to where they are persistent: those of mounts into the mounted store, those of
 * native directories that were in memory only onto this node's disk. The rows in the persist space
 * say what is to be done, so a restart goes on where it was.
 *
 * <p>A file of a mount keeps its local bytes until the mounted store has them and the inode says
 * so, in that order.
 */
final class Persister implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Persister.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int SCAN_MAX = 1000;

    private final Parts parts;
    private final StatusBuilder statuses;
    private final Semaphore threads;
    private final Set<InodeId> running = ConcurrentHashMap.newKeySet();
    private volatile InodeId retryFrom = new InodeId(0);
    private volatile boolean closed;

    Persister(Parts parts, StatusBuilder statuses) {
        this.parts = parts;
        this.statuses = statuses;
        this.threads = new Semaphore(parts.config().persistThreads());
    }

    /** Begins to persist a file soon; one that fails is tried again by {@link #retry}. */
    void submit(InodeId id) {
        if (closed || !running.add(id)) {
            return;
        }
        Thread.ofVirtual().name("persist-" + id).start(() -> runOne(id));
    }

    private void runOne(InodeId id) {
        threads.acquireUninterruptibly();
        try {
            if (!closed) {
                persist(id);
            }
        } catch (ForebayException e) {
            LOG.warn("file could not be persisted, will be tried again inode={}", id, e);
        } finally {
            threads.release();
            running.remove(id);
        }
    }

    /** Begins whatever waits. */
    void retry() {
        List<InodeId> some = waiting(retryFrom);
        retryFrom = some.size() < SCAN_MAX ? new InodeId(0) : some.getLast();
        some.forEach(this::submit);
    }

    /** How long to wait between two calls of {@link #retry}. */
    static Duration retryInterval() {
        return RETRY;
    }

    private List<InodeId> waiting(InodeId from) {
        List<InodeId> ids = new ArrayList<>();
        parts.store()
                .visit(
                        reader -> {
                            reader.scan(
                                    FileSpaces.PERSIST,
                                    KeyRange.between(
                                            FileSpaces.key(from), FileSpaces.key(Long.MAX_VALUE)),
                                    (key, _) -> {
                                        ids.add(new InodeId(FileSpaces.number(key, 0)));
                                        return ids.size() < SCAN_MAX;
                                    });
                        });
        return ids;
    }

    /**
     * Persists everything that waits below a path, now.
     *
     * @throws Unavailable when some of it could not be persisted
     */
    void drain(FilePath root) {
        // holding every thread's permit, so that no file is written twice at the same time
        threads.acquireUninterruptibly(parts.config().persistThreads());
        try {
            waitingBelow(root).forEach(this::persist);
        } finally {
            threads.release(parts.config().persistThreads());
        }
        if (waitsBelow(root)) {
            throw new Unavailable("files are not yet persisted", root);
        }
    }

    /** Whether something below a path is not yet persisted. */
    boolean waitsBelow(FilePath root) {
        return !waitingBelow(root).isEmpty();
    }

    private List<InodeId> waitingBelow(FilePath root) {
        List<InodeId> below = new ArrayList<>();
        InodeId from = new InodeId(0);
        List<InodeId> some;
        do {
            some = waiting(from);
            some.stream().filter(id -> isBelow(id, root)).forEach(below::add);
            if (!some.isEmpty()) {
                from = new InodeId(some.getLast().value() + 1);
            }
        } while (some.size() == SCAN_MAX);
        return below;
    }

    private boolean isBelow(InodeId id, FilePath root) {
        return parts.store()
                .read(reader -> Tree.path(reader, id))
                .map(root::contains)
                .orElse(false);
    }

    private void persist(InodeId id) {
        Optional<StatusBuilder.Found> found = parts.store().read(reader -> find(reader, id));
        if (found.isEmpty() || settled(found.get().inode())) {
            forget(id);
            return;
        }
        if (!found.get().inode().state().completed()) {
            // continued meanwhile; it comes again when it is complete
            return;
        }
        try {
            if (found.get().inode().mounted()) {
                persistUnder(found.get());
            } else {
                persistNative(found.get());
            }
        } catch (Lost e) {
            // trying again would fail for ever, and keep its mount from being unmounted
            LOG.warn("file was lost before it was persisted path={}", found.get().path(), e);
            forget(id);
        }
    }

    private void forget(InodeId id) {
        parts.store().update(tx -> tx.delete(FileSpaces.PERSIST, FileSpaces.key(id)));
    }

    private static Optional<StatusBuilder.Found> find(Reader reader, InodeId id) {
        Optional<FilePath> path = Tree.path(reader, id);
        return path.map(
                where ->
                        new StatusBuilder.Found(
                                Tree.load(reader, id), where, Tree.extents(reader, id)));
    }

    private static boolean settled(Inode inode) {
        return inode.state().persistence() == PersistenceState.PERSISTED;
    }

    private BlockFileReader open(StatusBuilder.Found found) {
        BlockFileReader.Opened opened =
                parts.store()
                        .read(
                                reader ->
                                        new BlockFileReader.Opened(
                                                statuses.build(reader, found),
                                                found.extents(),
                                                found.inode().state().pinned(),
                                                Contents.inline(reader, found.extents())));
        return new BlockFileReader(parts, opened, ReadType.NO_CACHE);
    }

    private void persistUnder(StatusBuilder.Found found) {
        Mount mount = parts.mounts().find(found.path()).orElseThrow();
        boolean placed;
        try (BlockFileReader reader = open(found);
                UnderWriter writer = mount.store().create(mount.inside(found.path()))) {
            copy(reader, writer);
            placed = parts.gate().enter(found.inode(), () -> place(found, writer));
        }
        if (!placed) {
            // renamed while it was copied, and copied again; or deleted
            persist(found.inode().id());
        }
    }

    /** Gives the copy its name, unless the file has another by now. */
    private boolean place(StatusBuilder.Found found, UnderWriter writer) {
        InodeId id = found.inode().id();
        Optional<FilePath> now = parts.store().read(reader -> Tree.path(reader, id));
        if (now.isEmpty() || !now.get().equals(found.path())) {
            return false;
        }
        String fingerprint = writer.commit().fingerprint();
        List<Extent> local = parts.store().transact(tx -> complete(tx, found.inode(), fingerprint));
        List<Extent> under = StatusBuilder.underExtents(found.inode());
        local.forEach(extent -> deleteLocal(extent, under));
        return true;
    }

    private static void copy(FileReader reader, UnderWriter writer) {
        try {
            reader.transfer(new FileReader.ByteRange(0, reader.length()), writer::write);
        } catch (IOException e) {
            throw new Unavailable("writing to the mounted store failed", reader.status().path(), e);
        }
    }

    private static List<Extent> complete(Transaction tx, Inode inode, String fingerprint) {
        Optional<Inode> now = unchanged(tx, inode);
        if (now.isEmpty()) {
            return List.of();
        }
        tx.delete(FileSpaces.PERSIST, FileSpaces.key(inode.id()));
        List<Extent> local = Tree.removeExtents(tx, inode.id());
        Inode.State state =
                now.get().state().withCompleted(PersistenceState.PERSISTED, fingerprint);
        // other blocks under the same numbers must not be taken for each other
        boolean sameBlocks = onDisk(StatusBuilder.underExtents(inode)).equals(onDisk(local));
        Tree.put(tx, now.get().withState(sameBlocks ? state : state.withNextGeneration()));
        return local;
    }

    /** The inode as it is now, unless it was written to or is gone. */
    private static Optional<Inode> unchanged(Transaction tx, Inode inode) {
        return Tree.lock(tx, inode.id())
                .filter(now -> now.state().completed())
                .filter(now -> now.state().generation() == inode.state().generation());
    }

    /** Extents without their places. */
    private static List<Extent> onDisk(List<Extent> extents) {
        return extents.stream().map(extent -> extent.at(Extent.Place.DISK)).toList();
    }

    private void deleteLocal(Extent extent, List<Extent> under) {
        if (onDisk(under).contains(extent.at(Extent.Place.DISK))) {
            parts.cache().copied(BlockCache.Key.of(extent));
        } else {
            parts.cache().drop(BlockCache.Key.of(extent));
        }
        InodeId inode = FileSpaces.inodeOf(extent.block());
        if (extent.place() == Extent.Place.DISK && !parts.open().isOpen(inode)) {
            parts.blocks().delete(extent.block());
        }
    }

    /** A file that was in memory only gets blocks on disk. */
    private void persistNative(StatusBuilder.Found found) {
        List<Extent> onDisk = new ArrayList<>();
        DurableTails.Disk disk = new DurableTails.Disk(parts.blocks());
        try (BlockFileReader reader = open(found)) {
            long position = 0;
            for (Extent extent : found.extents()) {
                disk.begin(extent.block());
                reader.transfer(new FileReader.ByteRange(position, extent.length()), disk::append);
                disk.end();
                position += extent.length();
                onDisk.add(extent.at(Extent.Place.DISK));
            }
        } catch (Lost e) {
            disk.abort();
            throw e;
        } catch (IOException | ForebayException e) {
            disk.abort();
            throw new Unavailable("copying memory to disk failed", found.path(), e);
        }
        boolean alive = parts.store().transact(tx -> completeNative(tx, found.inode(), onDisk));
        if (alive) {
            onDisk.forEach(extent -> parts.cache().copied(BlockCache.Key.of(extent)));
        } else {
            disk.abort();
        }
    }

    private static boolean completeNative(Transaction tx, Inode inode, List<Extent> extents) {
        Optional<Inode> now = unchanged(tx, inode);
        now.ifPresent(
                found -> {
                    tx.delete(FileSpaces.PERSIST, FileSpaces.key(found.id()));
                    Tree.putExtents(tx, found.id(), extents);
                    Tree.put(
                            tx,
                            found.withState(
                                    found.state().withCompleted(PersistenceState.PERSISTED, "")));
                });
        return now.isPresent();
    }

    /** Waits for what is under way; what waits stays for the next start. */
    @Override
    public void close() {
        closed = true;
        threads.acquireUninterruptibly(parts.config().persistThreads());
    }
}
