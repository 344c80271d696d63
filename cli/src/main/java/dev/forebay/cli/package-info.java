/**
 * The forebay command. Read {@link dev.forebay.cli.Main}, {@link dev.forebay.cli.Session} and one
 * command first. A command is one short-lived process; its options are fields that picocli fills,
 * so a command object is used once, by one thread, but for the parallel transfers of {@link
 * dev.forebay.cli.Transfers}.
 *
 * <p>Must not know: any engine, store or gateway.
 */
@NullMarked
package dev.forebay.cli;

import org.jspecify.annotations.NullMarked;
