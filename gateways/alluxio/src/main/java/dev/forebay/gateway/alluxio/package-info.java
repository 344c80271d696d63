/**
 * The Alluxio 2.x proxy REST interface, paths and streams.
 *
 * <p>Must not know: other gateways, stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.alluxio;

import org.jspecify.annotations.NullMarked;
