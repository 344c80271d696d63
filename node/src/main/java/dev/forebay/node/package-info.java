/**
 * The process: configuration, wiring by constructors, life cycle, and the embedded form of the
 * client interfaces.
 *
 * <p>Must not know: nothing is hidden from it; it holds no rules.
 */
@NullMarked
package dev.forebay.node;

import org.jspecify.annotations.NullMarked;
