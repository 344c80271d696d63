/**
 * The ordered, transactional key-value store that keeps names, inodes and the bytes of small files.
 *
 * <p>Read first: {@link dev.forebay.meta.MetaStore}, {@link dev.forebay.meta.Transaction}, {@link
 * dev.forebay.meta.Space}.
 *
 * <p>Threading: a store is safe for use by many threads, virtual ones included; a snapshot or a
 * transaction belongs to the thread that runs its work.
 *
 * <p>Must not know: what keys and values mean, any engine, any gateway.
 */
@NullMarked
package dev.forebay.meta;

import org.jspecify.annotations.NullMarked;
