/**
 * The Java API: one set of interfaces and their remote form.
 *
 * <p>Must not know: any engine, store or gateway.
 */
@NullMarked
package dev.forebay.client;

import org.jspecify.annotations.NullMarked;
