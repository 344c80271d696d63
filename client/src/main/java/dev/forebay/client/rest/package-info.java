/**
 * HTTP and JSON as the remote forms need them: one request, one answer, bodies streamed. Read
 * {@link dev.forebay.client.rest.RestConnection} and {@link dev.forebay.client.rest.Json} first.
 * Safe for use by many threads. Internal to the client: callers of the Java API never see these
 * types.
 *
 * <p>Must not know: paths, files, options, the error family of the API.
 */
@NullMarked
package dev.forebay.client.rest;

import org.jspecify.annotations.NullMarked;
