/**
 * Sockets of the Unix family that pass descriptors, which the JDK's own cannot: a listener, a
 * connection, a wake-up for waits, and the mapping of a file received from another process. 64-bit
 * Linux only.
 *
 * <p>Read first: {@link dev.forebay.base.unix.UnixConnection}, {@link
 * dev.forebay.base.unix.UnixListener}; {@code UnixCalls} holds every native call.
 *
 * <p>Threading: calls block in native code and would pin the carrier of a virtual thread, so that
 * they belong on platform threads. Which calls may run at the same time is said at each type.
 *
 * <p>Must not know: any protocol, engine or store.
 */
@NullMarked
package dev.forebay.base.unix;

import org.jspecify.annotations.NullMarked;
