/**
 * The messages of the Plasma object store as pyarrow 11 speaks them, for both ends: {@link
 * dev.forebay.protocol.plasma.PlasmaRequest}, {@link dev.forebay.protocol.plasma.PlasmaReply},
 * {@link dev.forebay.protocol.plasma.PlasmaNotification}, and {@link
 * dev.forebay.protocol.plasma.PlasmaStream}, which carries them.
 *
 * <p>Bodies are FlatBuffers. They are read by {@code FlatTable}, which checks every offset that it
 * follows and throws Invalid for what is malformed, and written by {@code FlatWriter}. {@code
 * docs/decisions/0006-plasma-wire.md} says why there is no generated code.
 *
 * <p>Threading: values are immutable; a stream belongs to one thread that reads and one that
 * writes.
 *
 * <p>Must not know: engines, stores, gateways.
 */
@NullMarked
package dev.forebay.protocol.plasma;

import org.jspecify.annotations.NullMarked;
