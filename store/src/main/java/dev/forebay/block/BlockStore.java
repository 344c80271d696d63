package dev.forebay.block;

import dev.forebay.base.BlockId;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps blocks. A block is created, written, and sealed; after that its bytes never change. A block
 * that was not sealed when the process ended is still there after a restart, up to the length last
 * synced, and can be recovered or deleted.
 *
 * <p>Implementations: {@code DiskBlockStore}, {@code MemoryBlockStore}. The rules are in {@code
 * BlockStoreContract}.
 */
public interface BlockStore extends AutoCloseable {
    /**
     * Makes an empty, unsealed block.
     *
     * @throws dev.forebay.base.error.AlreadyExists when a block has this id
     * @throws dev.forebay.base.error.OutOfSpace when the disk is full; no block is left
     */
    BlockWriter create(BlockId id);

    /**
     * Opens a block for reading. A reader stays usable when the block is deleted meanwhile.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.Corrupt when the block's checksums or length are damaged
     */
    BlockReader open(BlockId id);

    /**
     * Takes up an unsealed block after a restart: cuts it to {@code length}, which must not exceed
     * what was synced, and seals it.
     *
     * @param length bytes, 0 or more
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.Lost when fewer bytes than {@code length} are there
     */
    void recover(BlockId id, long length);

    /** Deletes a block, sealed or not; no error when there is none. */
    void delete(BlockId id);

    /** Calls {@code consumer} once for each block, in any order. */
    void list(Consumer<BlockStatus> consumer);

    /** What is known of one block without reading its bytes. */
    Optional<BlockStatus> find(BlockId id);

    /**
     * Reads all bytes of a sealed block and compares their checksums.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such block
     * @throws dev.forebay.base.error.Corrupt when a checksum or the length does not match
     */
    void verify(BlockId id);

    /** Bytes that can still be written. */
    long usableSpace();

    @Override
    void close();

    /**
     * A block in a listing.
     *
     * @param id its id
     * @param length bytes of data; for an unsealed block those in the file
     * @param sealed whether it is sealed
     */
    record BlockStatus(BlockId id, long length, boolean sealed) {}
}
