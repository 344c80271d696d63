/**
 * The Plasma object store as pyarrow 11 and the C++ client of Arrow speak to it, over a Unix
 * socket.
 *
 * <p>Read first: {@link dev.forebay.gateway.plasma.PlasmaGateway}, then {@code PlasmaConnection}
 * for the life of a connection, {@code RequestHandler} for the requests, {@code Subscriber} for
 * notifications, {@code PlasmaErrors} for what goes wrong.
 *
 * <p>Threading: each connection has a platform thread, since its calls block in native code; each
 * subscriber has a second one.
 *
 * <p>Must not know: other gateways, stores. The C++ client trusts what it is sent: where nothing
 * proper can be answered the connection is closed, and never between a reply and its descriptor.
 */
@NullMarked
package dev.forebay.gateway.plasma;

import org.jspecify.annotations.NullMarked;
