/**
 * Arrow record batches in shared-memory objects, as IPC streams: what Python reads with {@code
 * pyarrow.ipc.open_stream}. Apart from the client for the jars that it brings.
 *
 * <p>Read first: {@link dev.forebay.client.arrow.ArrowObjects}. Programs that use it start Java
 * with {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, which Arrow needs.
 *
 * <p>Nothing here may know a wire or an engine.
 */
@NullMarked
package dev.forebay.client.arrow;

import org.jspecify.annotations.NullMarked;
