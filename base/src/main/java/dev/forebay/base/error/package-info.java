/**
 * The one family of errors that engines and stores throw. Each gateway maps it, in one exhaustive
 * switch, to its protocol's own form.
 */
@NullMarked
package dev.forebay.base.error;

import org.jspecify.annotations.NullMarked;
