/**
 * Health, readiness, metrics and status of the node, and the few calls of the command line and the
 * Java client that no official wire has.
 *
 * <p>Read first: {@link dev.forebay.gateway.admin.AdminGateway}, {@link
 * dev.forebay.gateway.admin.NodeStatus}, {@link dev.forebay.gateway.admin.PrometheusMetrics}.
 *
 * <p>Threading: everything is safe for use by many threads.
 *
 * <p>Must not know: other gateways, stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.admin;

import org.jspecify.annotations.NullMarked;
