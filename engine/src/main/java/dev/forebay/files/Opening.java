package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.Lost;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.meta.Reader;

import java.util.List;
import java.util.Optional;

/** Opens files for reading. */
final class Opening {
    private final Parts parts;
    private final StatusBuilder statuses;
    private final Recovery recovery;

    Opening(Parts parts, StatusBuilder statuses, Recovery recovery) {
        this.parts = parts;
        this.statuses = statuses;
        this.recovery = recovery;
    }

    BlockFileReader open(Chain chain, ReadType readType) {
        Inode inode = chain.target();
        if (inode.directory()) {
            throw new IsADirectory("cannot read a directory", chain.path());
        }
        // entered before the extents are read, so that they cannot be deleted in between
        parts.open().enter(inode.id());
        try {
            BlockFileReader.Opened opened = found(chain);
            if (chain.view().past()) {
                settle(opened);
            }
            if (opened.status().persistence() == PersistenceState.LOST) {
                throw new Lost("the only copy was in memory", chain.path());
            }
            if (!chain.view().past()) {
                parts.times().accessed(inode);
            }
            return new BlockFileReader(parts, opened, readType);
        } finally {
            parts.open().leave(inode.id());
        }
    }

    /** Makes blocks readable whose writer went without ending them, after a snapshot was made. */
    private void settle(BlockFileReader.Opened opened) {
        InodeId file = opened.status().id();
        for (Extent extent : opened.extents()) {
            if (isLeft(file, extent)) {
                recovery.recover(file);
            }
            if (isLeft(file, extent)) {
                long length =
                        parts.store()
                                .read(reader -> KeptRows.length(reader, file, extent.stored()));
                parts.blocks().recover(extent.block(), length);
            }
        }
    }

    private boolean isLeft(InodeId file, Extent extent) {
        return extent.place() == Extent.Place.DISK
                && !parts.leases().isWritten(file)
                && parts.blocks()
                        .find(extent.block())
                        .filter(status -> !status.sealed())
                        .isPresent();
    }

    private BlockFileReader.Opened found(Chain chain) {
        while (true) {
            long ended = parts.leases().ended();
            Optional<BlockFileReader.Opened> opened =
                    parts.store().read(reader -> found(reader, chain));
            if (opened.isPresent()) {
                return opened.get();
            }
            if (ended == parts.leases().ended()) {
                throw new InvalidState("Cannot read a file which is incomplete", chain.path());
            }
            // completed between the snapshot and the look at the leases
        }
    }

    /** Empty for a file under construction of which nothing can be seen yet. */
    private Optional<BlockFileReader.Opened> found(Reader live, Chain chain) {
        Chain now = Tree.resolve(live, chain.path());
        Reader reader = now.view().over(live);
        Inode inode = now.target();
        if (!inode.state().completed()) {
            Optional<Leases.Visible> visible = parts.leases().visible(inode.id());
            if (visible.isPresent()) {
                return Optional.of(opened(reader, inode, chain.path(), visible.get()));
            }
            if (inode.length() == 0 && inode.state().generation() == 1) {
                return Optional.empty();
            }
        }
        List<Extent> extents = StatusBuilder.extents(reader, inode);
        FileStatus status =
                statuses.build(
                        live, new StatusBuilder.Found(inode, chain.path(), extents, now.view()));
        return Optional.of(
                new BlockFileReader.Opened(
                        status, extents, inode.state().pinned(), Contents.inline(reader, extents)));
    }

    private BlockFileReader.Opened opened(
            Reader reader, Inode inode, FilePath path, Leases.Visible visible) {
        Inode longer = inode.withLength(visible.length());
        FileStatus status = statuses.exact(reader, longer, path, visible.extents());
        return new BlockFileReader.Opened(status, visible.extents(), false, visible.inline());
    }

    /** Opens one block by itself. */
    BlockFileReader open(BlockId block) {
        try (BlockFileReader whole = openFileOf(block)) {
            return whole.only(block);
        }
    }

    private BlockFileReader openFileOf(BlockId block) {
        Owner owner = parts.store().read(reader -> owner(reader, block));
        Optional<BlockFileReader> past =
                owner.snapshots() ? openPast(owner.file(), block) : Optional.empty();
        return past.orElseGet(
                () ->
                        open(
                                owner.chain()
                                        .orElseThrow(
                                                () -> new NotFound("block does not exist", block)),
                                ReadType.CACHE));
    }

    /** The file of a block, where it is now, and whether there are snapshots at all. */
    private record Owner(InodeId file, Optional<Chain> chain, boolean snapshots) {}

    private static Owner owner(Reader reader, BlockId block) {
        InodeId file = Tree.owner(reader, block);
        return new Owner(
                file,
                Tree.path(reader, file).map(path -> Tree.resolve(reader, path)),
                SnapshotRows.newest(reader) != 0);
    }

    /** Opens a file as the snapshot shows it that has a block which the file has no more. */
    private Optional<BlockFileReader> openPast(InodeId file, BlockId block) {
        parts.open().enter(file);
        try {
            Optional<BlockFileReader.Opened> past =
                    parts.store().read(reader -> past(reader, file, block));
            past.ifPresent(this::settle);
            return past.map(opened -> new BlockFileReader(parts, opened, ReadType.CACHE));
        } finally {
            parts.open().leave(file);
        }
    }

    private Optional<BlockFileReader.Opened> past(Reader live, InodeId file, BlockId block) {
        if (has(Tree.extents(live, file), block)) {
            return Optional.empty();
        }
        return KeptRows.with(live, file, block)
                .map(
                        view -> {
                            Reader reader = view.over(live);
                            Inode inode = Tree.load(reader, file);
                            List<Extent> extents = StatusBuilder.extents(reader, inode);
                            FilePath path = Tree.path(reader, file).orElse(FilePath.ROOT);
                            return new BlockFileReader.Opened(
                                    statuses.build(
                                            live,
                                            new StatusBuilder.Found(inode, path, extents, view)),
                                    extents,
                                    false,
                                    Contents.inline(live, extents));
                        });
    }

    private static boolean has(List<Extent> extents, BlockId block) {
        return extents.stream().anyMatch(extent -> extent.block().equals(block));
    }

    /** One block as a file for another process. */
    UnixDescriptor descriptor(BlockId block) {
        try (BlockFileReader whole = openFileOf(block)) {
            if (!whole.status().completed()) {
                throw new InvalidState("the file is being written", block);
            }
            if (parts.mounts().statusOf(whole.status().path()).isPresent()) {
                // numbers are used again there when the mounted store has other bytes
                throw new Unsupported("the block is of a mounted file", block);
            }
            return whole.descriptor(block);
        }
    }

    /** Whether a file still has a block, or a snapshot shows it. */
    boolean contains(BlockId block) {
        return parts.store()
                .read(
                        reader -> {
                            InodeId file = Tree.owner(reader, block);
                            boolean there =
                                    Tree.path(reader, file).isPresent()
                                            && has(Tree.extents(reader, file), block);
                            return there || KeptRows.with(reader, file, block).isPresent();
                        });
    }
}
