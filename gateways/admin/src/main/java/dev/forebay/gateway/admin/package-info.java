/**
 * Health, readiness, metrics and status of the node.
 *
 * <p>Must not know: other gateways, stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.admin;

import org.jspecify.annotations.NullMarked;
