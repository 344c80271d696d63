/**
 * Delegation tokens: what a user hands to programs that act in the user's name for a while.
 *
 * <p>Read first: {@link dev.forebay.tokens.DelegationTokens}, {@link
 * dev.forebay.tokens.TokenIdentifier}.
 *
 * <p>All public types may be used by several threads at once. Nothing here may know a socket, or
 * how a password is shown to be known. What proves a token never gets into a text.
 */
@NullMarked
package dev.forebay.tokens;

import org.jspecify.annotations.NullMarked;
