/**
 * Hadoop's own contract tests of its abstract {@code FileSystem}, as published in the {@code tests}
 * jar of hadoop-common, against a node that runs as a process of its own. A module apart, since
 * they need another AssertJ than all other tests.
 *
 * <p>Read first: {@link dev.forebay.contract.HadoopContracts}, which holds every test once, and
 * {@link dev.forebay.contract.NotPassed}, which holds them against
 * docs/gateways/hadoop-contract.md.
 *
 * <p>Must not know: any engine or gateway. The node is reached as Hadoop's clients reach it.
 */
@NullMarked
package dev.forebay.contract;

import org.jspecify.annotations.NullMarked;
