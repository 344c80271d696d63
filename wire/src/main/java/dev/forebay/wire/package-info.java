/**
 * Framing and listeners: the HTTP server with its listeners, JSON reading and writing, and the
 * hooks by which gateways report what they did.
 *
 * <p>Read first: {@link dev.forebay.wire.HttpServer}, {@link dev.forebay.wire.HttpExchange}, {@link
 * dev.forebay.wire.Json}.
 *
 * <p>Threading: each request runs on a virtual thread of its own and may block. An exchange belongs
 * to that thread; everything else here is immutable or safe for use by many threads.
 *
 * <p>Must not know: any engine or store. The HTTP engine's classes do not leave this package, so
 * that it can be replaced.
 */
@NullMarked
package dev.forebay.wire;

import org.jspecify.annotations.NullMarked;
