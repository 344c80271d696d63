package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.NotFound;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Transaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rows of the inode tree: how they are found and changed within a snapshot or a transaction. No
 * rules and no state.
 *
 * <p>Invariants of the rows:
 *
 * <ul>
 *   <li>Each inode but the root and the trash has exactly one directory entry, at the parent and
 *       name in its link.
 *   <li>Each directory entry's parent and child exist.
 *   <li>A file that is not completed has a lease row, others have none.
 *   <li>A block in the extents of an inode that its id does not name has an adopted row.
 *   <li>An inode with a time to live has exactly one row in the ttl space, at its due time.
 * </ul>
 */
final class Tree {
    /** The hidden directory under which removed subtrees hang until they are purged. */
    static final InodeId TRASH = new InodeId(1);

    private static final int CHILD = 1;
    private static final int DIRECTORY = 2;

    private Tree() {}

    /** An entry of a directory. */
    record Entry(Name name, InodeId child, boolean directory) {
        byte[] encode() {
            return new RecordWriter()
                    .number(CHILD, child.value())
                    .flag(DIRECTORY, directory)
                    .toBytes();
        }

        static Entry decode(Name name, byte[] bytes) {
            InodeId child = InodeId.ROOT;
            boolean directory = false;
            RecordReader reader = new RecordReader(bytes);
            for (int field = reader.next(); field != 0; field = reader.next()) {
                if (field == CHILD) {
                    child = new InodeId(reader.number());
                } else if (field == DIRECTORY) {
                    directory = reader.flag();
                }
            }
            return new Entry(name, child, directory);
        }
    }

    /** Follows a path as far as it exists, into snapshots where it names them. */
    static Chain resolve(Reader reader, FilePath path) {
        List<Inode> inodes = new ArrayList<>(path.depth() + 1);
        View view = View.LIVE;
        Inode at = load(reader, InodeId.ROOT);
        inodes.add(at);
        for (Name name : path.names()) {
            Optional<View> next = next(reader, at, view, name);
            if (next.isEmpty()) {
                break;
            }
            Reader shown = next.get().over(reader);
            // the folder and the snapshot in it stand for the directory itself, now and then
            boolean itself = next.get().folder() || view.folder();
            Optional<Inode> child = itself ? find(shown, at.id()) : child(shown, at, name);
            if (child.isEmpty()) {
                break;
            }
            view = next.get();
            at = child.get();
            inodes.add(at);
        }
        return new Chain(path, inodes, view);
    }

    /** What the next name of a path leads into; empty for a snapshot that is not there. */
    private static Optional<View> next(Reader reader, Inode at, View view, Name name) {
        if (view.folder()) {
            return SnapshotRows.find(reader, at.id(), name).map(row -> View.of(row.number()));
        }
        boolean folder = !view.past() && at.past().snapshots() && name.equals(Snapshots.FOLDER);
        return Optional.of(folder ? View.FOLDER : view);
    }

    private static Optional<Inode> child(Reader reader, Inode parent, Name name) {
        return parent.directory() ? child(reader, parent.id(), name) : Optional.empty();
    }

    static Optional<Inode> find(Reader reader, InodeId id) {
        return reader.get(FileSpaces.INODE, FileSpaces.key(id))
                .map(bytes -> InodeCodec.decode(id, bytes));
    }

    static Inode load(Reader reader, InodeId id) {
        return find(reader, id).orElseThrow(() -> new Corrupt("inode is missing", id));
    }

    static Optional<Entry> entry(Reader reader, InodeId parent, Name name) {
        return reader.get(FileSpaces.DENTRY, FileSpaces.dentryKey(parent, name))
                .map(bytes -> Entry.decode(name, bytes));
    }

    static Optional<Inode> child(Reader reader, InodeId parent, Name name) {
        return entry(reader, parent, name).flatMap(entry -> find(reader, entry.child()));
    }

    /**
     * At most {@code limit} entries of a directory, in the order of names, after {@code after} if
     * given.
     */
    static List<Entry> entries(Reader reader, InodeId parent, Optional<Name> after, int limit) {
        byte[] prefix = FileSpaces.key(parent);
        KeyRange range =
                after.map(name -> KeyRange.prefixAfter(prefix, FileSpaces.dentryKey(parent, name)))
                        .orElseGet(() -> KeyRange.prefix(prefix));
        List<Entry> entries = new ArrayList<>();
        reader.scan(
                FileSpaces.DENTRY,
                range,
                (key, value) -> {
                    entries.add(Entry.decode(Name.of(key, 8, key.length), value));
                    return entries.size() < limit;
                });
        return entries;
    }

    static boolean isEmpty(Reader reader, InodeId directory) {
        return entries(reader, directory, Optional.empty(), 1).isEmpty();
    }

    static List<Extent> extents(Reader reader, InodeId inode) {
        List<Extent> extents = new ArrayList<>();
        reader.scan(
                FileSpaces.EXTENT,
                KeyRange.prefix(FileSpaces.key(inode)),
                (_, value) -> extents.add(Extent.decode(value)));
        return extents;
    }

    /**
     * The path of an inode, found by walking up.
     *
     * @return empty when the inode is gone or hangs in the trash
     */
    static Optional<FilePath> path(Reader reader, InodeId id) {
        List<Name> names = new ArrayList<>();
        InodeId at = id;
        while (!at.equals(InodeId.ROOT)) {
            Optional<Inode> inode = at.equals(TRASH) ? Optional.empty() : find(reader, at);
            if (inode.isEmpty()) {
                return Optional.empty();
            }
            names.add(inode.get().link().name());
            at = inode.get().link().parent();
        }
        return Optional.of(new FilePath(names.reversed()));
    }

    /**
     * Locks a directory so that it cannot be removed, nor its access changed, until the transaction
     * ends.
     *
     * @throws NotFound when it is gone
     */
    static Inode lockParent(Transaction tx, InodeId id) {
        return tx.getForShare(FileSpaces.INODE, FileSpaces.key(id))
                .map(bytes -> InodeCodec.decode(id, bytes))
                .filter(Inode::directory)
                .orElseThrow(() -> new NotFound("directory was removed meanwhile", id));
    }

    /** Locks an inode for change; empty when it is gone. */
    static Optional<Inode> lock(Transaction tx, InodeId id) {
        return tx.getForUpdate(FileSpaces.INODE, FileSpaces.key(id))
                .map(bytes -> InodeCodec.decode(id, bytes));
    }

    static void put(Transaction tx, Inode inode) {
        tx.put(FileSpaces.INODE, FileSpaces.key(inode.id()), InodeCodec.encode(inode));
    }

    /**
     * Writes a new inode, its directory entry, and its ttl and lease rows.
     *
     * @return false, with nothing written, when the name is taken
     */
    static boolean insert(Transaction tx, Inode inode) {
        Inode.Link link = inode.link();
        Entry entry = new Entry(link.name(), inode.id(), inode.directory());
        byte[] key = FileSpaces.dentryKey(link.parent(), link.name());
        if (!tx.insert(FileSpaces.DENTRY, key, entry.encode())) {
            return false;
        }
        QuotaRows.inserted(tx, inode);
        put(tx, SnapshotRows.born(tx, inode));
        putTtl(tx, inode);
        if (!inode.state().completed()) {
            putLease(tx, inode.id(), "");
        }
        return true;
    }

    /** Notes who writes a file under construction; nobody by name when {@code holder} is empty. */
    static void putLease(Transaction tx, InodeId id, String holder) {
        byte[] name = holder.getBytes(StandardCharsets.UTF_8);
        tx.put(FileSpaces.LEASE, FileSpaces.key(id), name);
    }

    static void putTtl(Transaction tx, Inode inode) {
        if (inode.hasTtl()) {
            tx.put(
                    FileSpaces.TTL,
                    FileSpaces.ttlKey(inode.dueMillis(), inode.id()),
                    FileSpaces.EMPTY);
        }
    }

    static void deleteTtl(Transaction tx, Inode inode) {
        if (inode.hasTtl()) {
            tx.delete(FileSpaces.TTL, FileSpaces.ttlKey(inode.dueMillis(), inode.id()));
        }
    }

    /** Moves a directory entry; the caller holds the locks and has checked the target. */
    static void relink(Transaction tx, Inode inode, Inode.Link target) {
        Inode.Link source = inode.link();
        if (inode.directory()) {
            SnapshotRows.requireNoneWithin(tx, inode);
        }
        Inode leaving = SnapshotRows.leaving(tx, inode);
        tx.delete(FileSpaces.DENTRY, FileSpaces.dentryKey(source.parent(), source.name()));
        Entry entry = new Entry(target.name(), inode.id(), inode.directory());
        tx.put(
                FileSpaces.DENTRY,
                FileSpaces.dentryKey(target.parent(), target.name()),
                entry.encode());
        put(tx, leaving.withLink(target));
    }

    /**
     * Removes an inode with all its rows. Its blocks on disk are noted for deletion.
     *
     * @return those of its extents that no snapshot needs
     */
    static List<Extent> remove(Transaction tx, Inode inode) {
        Inode.Link link = inode.link();
        List<Extent> extents = inode.directory() ? List.of() : removeExtents(tx, inode.id());
        if (inode.past().snapshots()) {
            SnapshotRows.requireNoneWithin(tx, inode);
            tx.delete(FileSpaces.SNAPSHOT_ROOT, FileSpaces.key(inode.id()));
        }
        QuotaRows.removed(tx, inode);
        ExtendedAttributes.removeAll(tx, inode.id());
        tx.delete(FileSpaces.DENTRY, FileSpaces.dentryKey(link.parent(), link.name()));
        // last of what snapshots show: which do is in its record
        tx.delete(FileSpaces.INODE, FileSpaces.key(inode.id()));
        deleteTtl(tx, inode);
        tx.delete(FileSpaces.PERSIST, FileSpaces.key(inode.id()));
        tx.delete(FileSpaces.LEASE, FileSpaces.key(inode.id()));
        return extents;
    }

    /**
     * Removes the extents of a file; bytes in the value log go too, blocks on disk are noted for
     * deletion. What snapshots need stays.
     *
     * @return the extents that no snapshot needs
     */
    static List<Extent> removeExtents(Transaction tx, InodeId inode) {
        List<Extent> extents = extents(tx, inode);
        for (int i = 0; i < extents.size(); i++) {
            tx.delete(FileSpaces.EXTENT, FileSpaces.extentKey(inode, i));
        }
        List<Extent> unneeded = KeptRows.unneeded(tx, inode, extents);
        unneeded.forEach(extent -> removeBytes(tx, inode, extent));
        return unneeded;
    }

    /** Removes the bytes of an extent that is no more. */
    static void removeBytes(Transaction tx, InodeId inode, Extent extent) {
        byte[] block = FileSpaces.key(extent.block());
        switch (extent.place()) {
            case INLINE -> tx.delete(FileSpaces.BYTES, block);
            case DISK -> {
                tx.put(FileSpaces.BLOCK_DELETE, block, FileSpaces.key(inode));
                if (!FileSpaces.inodeOf(extent.block()).equals(inode)) {
                    tx.delete(FileSpaces.ADOPTED, block);
                }
            }
            case MEMORY, UNDER -> {}
        }
    }

    static void putExtents(Transaction tx, InodeId inode, List<Extent> extents) {
        for (int i = 0; i < extents.size(); i++) {
            tx.put(FileSpaces.EXTENT, FileSpaces.extentKey(inode, i), extents.get(i).encode());
        }
    }

    /** Gives a file other extents; bytes of small blocks are written by the caller, afterwards. */
    static void replaceExtents(Transaction tx, InodeId inode, List<Extent> extents) {
        List<Extent> old = extents(tx, inode);
        for (int i = extents.size(); i < old.size(); i++) {
            tx.delete(FileSpaces.EXTENT, FileSpaces.extentKey(inode, i));
        }
        for (int i = 0; i < extents.size(); i++) {
            if (i >= old.size() || !old.get(i).equals(extents.get(i))) {
                tx.put(FileSpaces.EXTENT, FileSpaces.extentKey(inode, i), extents.get(i).encode());
            }
        }
        Set<Extent.Stored> stay = extents.stream().map(Extent::stored).collect(Collectors.toSet());
        KeptRows.unneeded(tx, inode, old).stream()
                .filter(extent -> !stay.contains(extent.stored()))
                .forEach(extent -> removeBytes(tx, inode, extent));
    }

    /** The file that a block belongs to, or belonged to last. */
    static InodeId owner(Reader reader, BlockId block) {
        return reader.get(FileSpaces.ADOPTED, FileSpaces.key(block))
                .map(bytes -> new InodeId(FileSpaces.number(bytes, 0)))
                .orElseGet(() -> FileSpaces.inodeOf(block));
    }
}
