/**
 * The Alluxio 2.x proxy REST interface: paths and streams, as the Python package {@code alluxio}
 * 0.1.x and other REST clients speak it.
 *
 * <p>Read first: {@link dev.forebay.gateway.alluxio.AlluxioGateway}, then {@code PathOperations}
 * and {@code StreamOperations} for the calls, {@code FileStatusJson} for the largest answer, {@code
 * AlluxioErrors} for what goes wrong.
 *
 * <p>Threading: each request runs on its own virtual thread. The only state is the table of open
 * streams; a stream serves one request at a time.
 *
 * <p>Must not know: other gateways, stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.alluxio;

import org.jspecify.annotations.NullMarked;
