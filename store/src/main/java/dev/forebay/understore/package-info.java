/**
 * Storage that already exists elsewhere and is mounted under the namespace.
 *
 * <p>Read first: {@link dev.forebay.understore.UnderStore}, {@link
 * dev.forebay.understore.UnderStoreFactory}.
 *
 * <p>Threading: stores are safe for use by many threads; a writer or an opened stream belongs to
 * one.
 *
 * <p>Must not know: inodes, blocks, the metadata store, any gateway. Implementations with heavy
 * jars are modules of their own.
 */
@NullMarked
package dev.forebay.understore;

import org.jspecify.annotations.NullMarked;
