package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps blocks. A block is created, written, and sealed; after that its bytes never change. A block
 * that was not sealed when the process ended is still there after a restart, up to the length last
 * synced, and can be recovered or deleted. One that was never synced may be gone after a loss of
 * power, and one that was deleted may be back. Safe for use by many threads.
 *
 * <p>Every method throws {@link dev.forebay.base.error.Unavailable} when the disk fails otherwise
 * than as documented, and {@link dev.forebay.base.error.Closed} after {@link #close}.
 *
 * <p>Implementations: {@code DiskBlockStore}, {@code MemoryBlockStore}. The rules are in {@code
 * BlockStoreContract}.
 */
public interface BlockStore extends AutoCloseable {
    /**
     * Makes an empty, unsealed block.
     *
     * @param id 1 to 2^63-1, never used before
     * @throws dev.forebay.base.error.AlreadyExists when a block has this id
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; no block is left
     */
    BlockWriter create(BlockId id);

    /**
     * Opens a block for reading. A reader stays usable when the block is deleted meanwhile.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.InvalidState when it is unsealed and has no writer: it must be
     *     recovered first
     * @throws dev.forebay.base.error.Corrupt when the block's checksums or length are damaged
     */
    BlockReader open(BlockId id);

    /**
     * Takes up an unsealed block after a restart: cuts it to {@code length}, which must not exceed
     * what was synced, and seals it durably. A sealed block of this length is left as it is; a
     * longer one, whose sealing the caller never learned of, is cut. After a failure the block can
     * be recovered again.
     *
     * @param length bytes, 0 or more
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.Lost when fewer bytes than {@code length} are there
     * @throws dev.forebay.base.error.InvalidState when a writer has it
     * @throws dev.forebay.base.error.Corrupt when a sealed block that is to be cut is damaged
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full
     */
    void recover(BlockId id, long length);

    /**
     * Deletes a block, sealed or not; no error when there is none. Its readers go on; its writer
     * fails with NotFound from then on.
     *
     * @throws dev.forebay.base.error.InvalidState while it is created or recovered
     */
    void delete(BlockId id);

    /** Calls {@code consumer} once for each block, in any order. */
    void list(Consumer<BlockStatus> consumer);

    /** What is known of one block without reading its bytes. */
    Optional<BlockStatus> find(BlockId id);

    /**
     * Reads all bytes of a sealed block and compares their checksums.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.InvalidState when it is not sealed
     * @throws dev.forebay.base.error.Corrupt when a checksum or the length does not match
     */
    void verify(BlockId id);

    /** Bytes that can still be written, a reserve left out. */
    long usableSpace();

    /**
     * Bytes of data in all blocks, sealed or not. Of those that were there when the store was
     * opened, only what {@link #list} came by since then, once it ended.
     */
    long heldBytes();

    @Override
    void close();

    /**
     * A block in a listing.
     *
     * @param id its id
     * @param length bytes of data; for an unsealed block without a writer those in its file, of
     *     which only the ones that were synced mean anything
     * @param sealed whether it is sealed
     */
    record BlockStatus(BlockId id, long length, boolean sealed) {}
}
