/**
 * The pool of shared memory: one file mapped once for life, from which Plasma objects and cached
 * file blocks are allocated.
 *
 * <p>Read first: {@link dev.forebay.arena.Arena}, {@link dev.forebay.arena.Resident}.
 *
 * <p>Threading: all methods are safe for use by many threads.
 *
 * <p>Must not know: files, objects, protocols. Only this package and {@code wire} call native
 * functions.
 */
@NullMarked
package dev.forebay.arena;

import org.jspecify.annotations.NullMarked;
