/**
 * What every other module stands on: identifiers, units, configuration reading, the clock, the
 * disk, random numbers, and the identity of a caller.
 *
 * <p>Read first: {@link dev.forebay.base.FilePath}, {@link dev.forebay.base.Disk}, {@link
 * dev.forebay.base.Clock}, and the error family in {@link dev.forebay.base.error}.
 *
 * <p>Threading: every value type is immutable; {@code Disk} and {@code Clock} implementations are
 * safe for use by many threads.
 *
 * <p>Must not know: any store, engine, wire or gateway. It has no dependency but the JDK.
 */
@NullMarked
package dev.forebay.base;

import org.jspecify.annotations.NullMarked;
