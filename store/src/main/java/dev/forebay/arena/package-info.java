/**
 * The pool of shared memory: one file mapped once for life, from which Plasma objects and cached
 * file blocks are allocated.
 *
 * <p>Read first: {@link dev.forebay.arena.Arena}, {@link dev.forebay.arena.Resident}.
 *
 * <p>How it is made, from the top: {@code ResidentTable} knows lengths, holders and the order of
 * eviction; {@code RangeAllocator} finds address space in two {@code Zone}s and keeps it backed;
 * {@code Backing} is the memory; {@code NativeMemory} makes the system calls. The layout is in
 * docs/formats/arena.md.
 *
 * <p>Threading: all methods are safe for use by many threads.
 *
 * <p>Must not know: files, objects, protocols. Only this package and {@code wire} call native
 * functions.
 */
@NullMarked
package dev.forebay.arena;

import org.jspecify.annotations.NullMarked;
