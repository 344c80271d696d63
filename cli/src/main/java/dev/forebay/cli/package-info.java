/**
 * The forebay command.
 *
 * <p>Must not know: any engine, store or gateway.
 */
@NullMarked
package dev.forebay.cli;

import org.jspecify.annotations.NullMarked;
