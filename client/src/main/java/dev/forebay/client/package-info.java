/**
 * The Java API: files, their residency in memory, mounts. Read {@link dev.forebay.client.Forebay},
 * {@link dev.forebay.client.FileClient} and {@link dev.forebay.client.FileTools} first. The same
 * interfaces are served over a wire by this module and inside the JVM by the node.
 *
 * <p>Every client is safe for use by many threads; readers and writers belong to one thread at a
 * time unless they say otherwise. All calls block; use virtual threads for many at once. Paths are
 * absolute text; a name that is not UTF-8 holds each odd byte 0x80 to 0xFF as the lone surrogate
 * U+DC80 to U+DCFF.
 *
 * <p>Must not know: any engine, store or gateway.
 */
@NullMarked
package dev.forebay.client;

import org.jspecify.annotations.NullMarked;
