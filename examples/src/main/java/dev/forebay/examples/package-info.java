/**
 * Small programs that show the Java API. Each takes what it needs as arguments and is run by a
 * test.
 *
 * <p>Read first: {@link dev.forebay.examples.Hello}, then {@link dev.forebay.examples.Tour}.
 */
@NullMarked
package dev.forebay.examples;

import org.jspecify.annotations.NullMarked;
