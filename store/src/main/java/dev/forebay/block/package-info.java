/**
 * Blocks: runs of file bytes on the local disk, checksummed, and immutable once sealed.
 *
 * <p>Read first: {@link dev.forebay.block.BlockStore}, {@link dev.forebay.block.BlockWriter},
 * {@link dev.forebay.block.BlockReader}.
 *
 * <p>Threading: a store is safe for use by many threads; a writer belongs to one thread at a time,
 * readers may be shared.
 *
 * <p>Must not know: files, paths of the namespace, the metadata store, any gateway.
 */
@NullMarked
package dev.forebay.block;

import org.jspecify.annotations.NullMarked;
