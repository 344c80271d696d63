/**
 * Framing and listeners: the HTTP server with its listeners, JSON reading and writing.
 *
 * <p>Must not know: any engine or store.
 */
@NullMarked
package dev.forebay.wire;

import org.jspecify.annotations.NullMarked;
