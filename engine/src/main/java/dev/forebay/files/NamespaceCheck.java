package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotFound;
import dev.forebay.block.BlockStore;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Reader;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares everything stored with everything else: directory entries with inodes, inodes with their
 * extents, extents with blocks, and, on demand, the bytes of blocks with their checksums. Changes
 * nothing. The engine must not be running.
 */
public final class NamespaceCheck {
    private final BlockStore blocks;
    private final Consumer<Finding> findings;

    /** Blocks that files have on disk. The bytes of a small file are not, although it has an id. */
    private final Set<BlockId> referenced = new HashSet<>();

    private long files;
    private long directories;
    private long bytes;
    private long damaged;

    private NamespaceCheck(BlockStore blocks, Consumer<Finding> findings) {
        this.blocks = blocks;
        this.findings = findings;
    }

    /** How bad a finding is. */
    public enum Severity {
        /** Data or names are damaged or gone. */
        DAMAGE,
        /** Something left over that the node removes by itself. */
        LEFTOVER
    }

    /**
     * Something that is not as it should be.
     *
     * @param severity how bad
     * @param subject path, inode or block
     * @param text what is wrong
     */
    public record Finding(Severity severity, String subject, String text) {}

    /**
     * What was looked at.
     *
     * @param files files
     * @param directories directories, the root included
     * @param bytes of files
     * @param damaged findings of severity DAMAGE
     */
    public record Report(long files, long directories, long bytes, long damaged) {}

    /**
     * Checks.
     *
     * @param contents whether the bytes of all blocks are read
     * @param findings called for each finding as it is met
     */
    public static Report run(
            MetaStore store, BlockStore blocks, boolean contents, Consumer<Finding> findings) {
        NamespaceCheck check = new NamespaceCheck(blocks, findings);
        store.visit(check::checkTree);
        check.checkBlocks(contents);
        return new Report(check.files, check.directories, check.bytes, check.damaged);
    }

    private void damage(Object subject, String text) {
        damaged++;
        findings.accept(new Finding(Severity.DAMAGE, subject.toString(), text));
    }

    private void checkTree(Reader reader) {
        if (Tree.find(reader, InodeId.ROOT).isEmpty()) {
            damage("/", "the root is missing");
            return;
        }
        reader.scan(
                FileSpaces.INODE,
                KeyRange.all(),
                (key, value) -> {
                    checkInode(reader, new InodeId(FileSpaces.number(key, 0)), value);
                    return true;
                });
        reader.scan(
                FileSpaces.DENTRY,
                KeyRange.all(),
                (key, value) -> {
                    checkEntry(reader, key, value);
                    return true;
                });
        reader.scan(
                FileSpaces.ATTRIBUTE,
                KeyRange.all(),
                (key, _) -> {
                    InodeId id = new InodeId(FileSpaces.number(key, 0));
                    if (Tree.find(reader, id).isEmpty()) {
                        damage("inode " + id, "an extended attribute is of no file");
                    }
                    return true;
                });
        reader.scan(
                FileSpaces.KEPT,
                KeyRange.all(),
                (key, value) -> {
                    checkKept(reader, key, value);
                    return true;
                });
        boolean trash = !Tree.isEmpty(reader, Tree.TRASH);
        reader.scan(
                FileSpaces.QUOTA,
                KeyRange.all(),
                (key, value) -> {
                    InodeId id = new InodeId(FileSpaces.number(key, 0));
                    if (!QuotaRows.any(reader)) {
                        damage("inode " + id, "a quota that nobody would look for");
                    }
                    // what is in the trash is still counted
                    if (!trash) {
                        checkQuota(reader, id, QuotaRow.decode(value).used());
                    }
                    return true;
                });
    }

    private void checkQuota(Reader reader, InodeId id, QuotaUsage counted) {
        Optional<Inode> directory = Tree.find(reader, id);
        if (directory.isEmpty()) {
            damage("inode " + id, "a quota is of no directory");
            return;
        }
        QuotaUsage found = QuotaRows.count(reader, directory.get());
        if (!found.equals(counted)) {
            damage("inode " + id, "its quota counts " + counted + " and there are " + found);
        }
    }

    /** What snapshots show of files that are changed or gone. */
    private void checkKept(Reader reader, byte[] key, byte[] value) {
        KeptRow row;
        try {
            row = KeptRow.decode(key, value);
        } catch (Corrupt e) {
            damage("row kept for a snapshot", e.getMessage());
            return;
        }
        if (SnapshotRows.newest(reader) < row.key().number()) {
            damage("inode " + row.key().inode(), "a row is kept for a snapshot never made");
        }
        row.extent().ifPresent(extent -> checkKept(reader, row.key().inode(), extent));
    }

    private void checkKept(Reader reader, InodeId file, Extent extent) {
        long there =
                switch (extent.place()) {
                    case INLINE ->
                            reader.get(FileSpaces.BYTES, FileSpaces.key(extent.block()))
                                    .map(bytes -> (long) bytes.length)
                                    .orElse(0L);
                    case DISK -> {
                        referenced.add(extent.block());
                        yield blocks.find(extent.block())
                                .map(BlockStore.BlockStatus::length)
                                .orElse(0L);
                    }
                    // in memory only, and gone with it as the snapshot of such a file is
                    case MEMORY, UNDER -> extent.length();
                };
        if (there < extent.length()) {
            damage(
                    "inode " + file,
                    "block " + extent.block() + " is missing or cut, which a snapshot shows");
        }
    }

    private void checkInode(Reader reader, InodeId id, byte[] value) {
        Inode inode;
        try {
            inode = InodeCodec.decode(id, value);
        } catch (Corrupt e) {
            damage("inode " + id, e.getMessage());
            return;
        }
        if (!inode.isRoot()) {
            Optional<Tree.Entry> entry =
                    Tree.entry(reader, inode.link().parent(), inode.link().name());
            if (entry.isEmpty() || !entry.get().child().equals(id)) {
                damage("inode " + id, "no directory entry leads to it: " + inode.link().name());
            }
        }
        if (inode.directory()) {
            directories++;
        } else {
            files++;
            bytes += inode.length();
            checkExtents(reader, inode);
        }
    }

    private void checkExtents(Reader reader, Inode inode) {
        if (!inode.state().completed()) {
            checkSynced(reader, inode.id());
            return;
        }
        String path =
                Tree.path(reader, inode.id()).map(Object::toString).orElse("inode " + inode.id());
        long length = 0;
        for (Extent extent : StatusBuilder.extents(reader, inode)) {
            length += extent.length();
            checkExtent(reader, extent, path);
        }
        if (length != inode.length()) {
            damage(path, "blocks hold " + length + " of " + inode.length() + " bytes");
        }
    }

    /** What was synced of a file under construction; its last block may be unsealed, and longer. */
    private void checkSynced(Reader reader, InodeId id) {
        for (Extent extent : Tree.extents(reader, id)) {
            if (extent.place() == Extent.Place.DISK) {
                referenced.add(extent.block());
                boolean there =
                        blocks.find(extent.block())
                                .filter(status -> status.length() >= extent.length())
                                .isPresent();
                if (!there) {
                    damage("inode " + id, "synced block " + extent.block() + " is missing or cut");
                }
            }
        }
    }

    private void checkExtent(Reader reader, Extent extent, String path) {
        switch (extent.place()) {
            case INLINE -> {
                Optional<byte[]> value =
                        reader.get(FileSpaces.BYTES, FileSpaces.key(extent.block()));
                if (value.isEmpty() || value.get().length != extent.length()) {
                    damage(path, "small block " + extent.block() + " is missing or cut");
                }
            }
            case DISK -> {
                referenced.add(extent.block());
                var status = blocks.find(extent.block());
                if (status.isEmpty()) {
                    damage(path, "block " + extent.block() + " is missing");
                } else if (!status.get().sealed() || status.get().length() != extent.length()) {
                    damage(path, "block " + extent.block() + " is cut or unsealed");
                }
            }
            case MEMORY ->
                    damage(path, "block " + extent.block() + " was in memory only and is lost");
            case UNDER -> {}
        }
    }

    private void checkEntry(Reader reader, byte[] key, byte[] value) {
        InodeId parent = new InodeId(FileSpaces.number(key, 0));
        Tree.Entry entry = Tree.Entry.decode(Name.of(key, 8, key.length), value);
        if (Tree.find(reader, entry.child()).isEmpty()) {
            damage("inode " + parent, "entry leads nowhere: " + entry.name());
        }
        if (!parent.equals(Tree.TRASH) && Tree.find(reader, parent).isEmpty()) {
            damage("inode " + parent, "directory of an entry is missing: " + entry.name());
        }
    }

    private void checkBlocks(boolean contents) {
        blocks.list(
                status -> {
                    if (!referenced.contains(status.id())) {
                        findings.accept(
                                new Finding(
                                        Severity.LEFTOVER,
                                        "block " + status.id(),
                                        "no file refers to it; the node deletes it at its next"
                                                + " start"));
                    } else if (contents && status.sealed()) {
                        checkContent(status.id());
                    }
                });
    }

    private void checkContent(BlockId block) {
        try {
            blocks.verify(block);
        } catch (NotFound e) {
            damage("block " + block, "vanished during the check");
        } catch (ForebayException e) {
            damage("block " + block, e.getMessage());
        }
    }
}
