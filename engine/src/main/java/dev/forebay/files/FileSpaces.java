package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.meta.Space;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The key spaces of the namespace and the layout of their keys; all numbers big-endian, so that
 * byte order is number order.
 *
 * <pre>
 * space      key                          value
 * dentry     parent id 8 | name           child id, kind
 * inode      id 8                         inode record
 * extent     inode id 8 | index 4         block id, length, generation, place
 * bytes      block id 8                   the bytes of a small block
 * block_del  block id 8                   inode id 8 of its last file: a block on disk that nothing
 *                                         refers to
 * adopted    block id 8                   inode id 8: a block that concat gave to another file
 * attribute  inode id 8 | name             value of an extended attribute
 * ttl        due millis 8 | inode id 8    empty
 * persist    inode id 8                   empty: to be written to the mounted store
 * lease      inode id 8                   holder, empty for none: a file under construction
 * mount      mount id 8                   mount record
 * id_range   kind                         next id 8
 * quota      inode id 8                   what a directory may hold, and what it holds
 * quota_owed inode id 8                   ids of directories, 8 each, that count what is in the
 *                                         trash below this inode
 * snapshot   inode id 8 | ~number 8       name, creation
 * snapshot_name inode id 8 | name         number 8
 * snapshot_root inode id 8                empty: a directory that may have snapshots
 * snapshot_gone number 8                  empty: a removed snapshot whose kept rows are to be swept
 * kept       space 1 | key | 0 | number 8 a row of that space, kept for snapshots
 * lock_row   number 8                     locked, and read by who locks
 * format     "files"                      version of these formats 8
 * </pre>
 *
 * <p>Described for operators in {@code docs/formats/namespace.md}.
 */
public final class FileSpaces {
    static final Space DENTRY = Space.of("dentry", 8);
    static final Space INODE = Space.of("inode", 0);
    static final Space EXTENT = Space.of("extent", 8);
    static final Space BYTES = Space.large("bytes");
    static final Space BLOCK_DELETE = Space.of("block_del", 0);
    static final Space ADOPTED = Space.of("adopted", 0);
    static final Space ATTRIBUTE = Space.of("attribute", 8);
    static final Space TTL = Space.of("ttl", 0);
    static final Space PERSIST = Space.of("persist", 0);
    static final Space LEASE = Space.of("lease", 0);
    static final Space MOUNT = Space.of("mount", 0);
    static final Space ID_RANGE = Space.of("id_range", 0);
    static final Space QUOTA = Space.of("quota", 0);
    static final Space QUOTA_OWED = Space.of("quota_owed", 0);
    static final Space SNAPSHOT = Space.of("snapshot", 8);
    static final Space SNAPSHOT_NAME = Space.of("snapshot_name", 8);
    static final Space SNAPSHOT_ROOT = Space.of("snapshot_root", 0);
    static final Space SNAPSHOT_GONE = Space.of("snapshot_gone", 0);
    static final Space KEPT = Space.of("kept", 9);
    static final Space LOCK_ROW = Space.of("lock_row", 0);

    static final Space FORMAT = Space.of("format", 0);

    static final byte[] EMPTY = new byte[0];

    /** Blocks of one file, at most; the low bits of a block id number the blocks of its inode. */
    static final int BLOCK_INDEX_BITS = 20;

    private FileSpaces() {}

    /** Every space of the namespace, for opening a metadata store. */
    public static List<Space> all() {
        return List.of(
                DENTRY,
                INODE,
                EXTENT,
                BYTES,
                BLOCK_DELETE,
                ADOPTED,
                ATTRIBUTE,
                TTL,
                PERSIST,
                LEASE,
                MOUNT,
                ID_RANGE,
                QUOTA,
                QUOTA_OWED,
                SNAPSHOT,
                SNAPSHOT_NAME,
                SNAPSHOT_ROOT,
                SNAPSHOT_GONE,
                KEPT,
                LOCK_ROW,
                FORMAT);
    }

    static byte[] key(long number) {
        return ByteBuffer.allocate(8).putLong(number).array();
    }

    static byte[] key(InodeId id) {
        return key(id.value());
    }

    static byte[] key(BlockId id) {
        return key(id.value());
    }

    static byte[] dentryKey(InodeId parent, Name name) {
        byte[] key = new byte[8 + name.length()];
        ByteBuffer.wrap(key).putLong(parent.value());
        name.copyTo(key, 8);
        return key;
    }

    static byte[] extentKey(InodeId inode, int index) {
        return ByteBuffer.allocate(12).putLong(inode.value()).putInt(index).array();
    }

    static byte[] ttlKey(long dueMillis, InodeId inode) {
        return ByteBuffer.allocate(16).putLong(dueMillis).putLong(inode.value()).array();
    }

    static long number(byte[] key, int offset) {
        return ByteBuffer.wrap(key).getLong(offset);
    }

    static BlockId blockId(InodeId inode, int index) {
        return new BlockId((inode.value() << BLOCK_INDEX_BITS) | index);
    }

    static int indexOf(BlockId block) {
        return (int) (block.value() & ((1 << BLOCK_INDEX_BITS) - 1));
    }

    static InodeId inodeOf(BlockId block) {
        return new InodeId(block.value() >>> BLOCK_INDEX_BITS);
    }
}
