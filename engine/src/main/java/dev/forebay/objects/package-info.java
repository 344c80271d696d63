/**
 * Shared-memory objects: what a Plasma store knows. Objects lie in the one arena beside cached
 * blocks of files; this package keeps their names, states and references.
 *
 * <p>Read first: {@link dev.forebay.objects.ObjectEngine}, {@link
 * dev.forebay.objects.ObjectSession}.
 *
 * <p>All public types may be used by several threads at once. Nothing here may know a protocol, a
 * socket, or a path of this machine.
 */
@NullMarked
package dev.forebay.objects;

import org.jspecify.annotations.NullMarked;
