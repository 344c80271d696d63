package dev.forebay.files;

import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.Lost;
import dev.forebay.meta.Reader;

/** Opens files for reading. */
final class Opening {
    private final Parts parts;
    private final StatusBuilder statuses;

    Opening(Parts parts, StatusBuilder statuses) {
        this.parts = parts;
        this.statuses = statuses;
    }

    BlockFileReader open(Chain chain, ReadType readType) {
        Inode inode = chain.target();
        if (inode.directory()) {
            throw new IsADirectory("cannot read a directory", chain.path());
        }
        if (!inode.state().completed()) {
            throw new InvalidState("Cannot read a file which is incomplete", chain.path());
        }
        // entered before the extents are read, so that they cannot be deleted in between
        parts.open().enter(inode.id());
        try {
            BlockFileReader.Opened opened = parts.store().read(reader -> found(reader, chain));
            if (opened.status().persistence() == PersistenceState.LOST) {
                throw new Lost("the only copy was in memory", chain.path());
            }
            parts.times().accessed(inode);
            return new BlockFileReader(parts, opened, readType);
        } finally {
            parts.open().leave(inode.id());
        }
    }

    private BlockFileReader.Opened found(Reader reader, Chain chain) {
        Chain now = Tree.resolve(reader, chain.path());
        Inode inode = now.target();
        var extents = StatusBuilder.extents(reader, inode);
        FileStatus status =
                statuses.build(reader, new StatusBuilder.Found(inode, chain.path(), extents));
        return new BlockFileReader.Opened(
                status, extents, inode.state().pinned(), Contents.inline(reader, extents));
    }
}
