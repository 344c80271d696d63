package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.unix.UnixDescriptor;

/** A files engine that can hand blocks to other processes as files. */
public interface SharesBlockFiles {
    /**
     * Opens a block of a complete file for another process. Asks for no permission: who knows the
     * id was told it by {@link FileEngine#stat}.
     *
     * @return to be closed; the block begins at offset 0, what follows it is not of the block; its
     *     bytes never change, whatever happens to the file
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.InvalidState while the file is being written
     * @throws dev.forebay.base.error.Unsupported when the block is of a mounted file, or nowhere
     *     but in memory
     * @throws dev.forebay.base.error.Corrupt when its checksums do not match
     */
    UnixDescriptor openDescriptor(BlockId block);

    /** Whether a file still has a block. */
    boolean contains(BlockId block);
}
