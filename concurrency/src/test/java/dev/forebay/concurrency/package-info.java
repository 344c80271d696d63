/**
 * Histories of concurrent calls to the stores and engines, checked for an order that explains them.
 * Knows public interfaces only, no gateway and no storage on disk.
 */
@NullMarked
package dev.forebay.concurrency;

import org.jspecify.annotations.NullMarked;
