/**
 * What tests share: a disk that fails on purpose, a clock moved by hand, seeded generators, a
 * runner for model tests.
 *
 * <p>Must not know: any store, engine or gateway.
 */
@NullMarked
package dev.forebay.testkit;

import org.jspecify.annotations.NullMarked;
