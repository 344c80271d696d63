package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.unix.UnixDescriptor;

/** A block store whose sealed blocks can be handed to other processes as files. */
public interface SharesBlocks {
    /**
     * Opens the file of a sealed block for another process, after its bytes were compared with
     * their checksums, each chunk once while the block stays in use.
     *
     * @return to be closed; the data begins at offset 0, what follows it in the file is not of the
     *     block; its bytes never change, also after the block was deleted
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.InvalidState when it is not sealed
     * @throws dev.forebay.base.error.Corrupt when a checksum or the length does not match
     * @throws dev.forebay.base.error.Unsupported when its disk has no files that can be handed on
     */
    UnixDescriptor openDescriptor(BlockId id);
}
