/**
 * Mounts of whatever Hadoop has a {@code FileSystem} for, without Hadoop on the node's class path.
 *
 * <p>Read first: {@link dev.forebay.understore.hadoop.HadoopUnderStoreFactory}, {@link
 * dev.forebay.understore.hadoop.HadoopClassLoader}; what speaks to Hadoop is the package {@code
 * inside}, which only that class loader loads. The properties are in {@code docs/mounts.md}, the
 * reasons in {@code docs/decisions/0009-hadoop-mounts.md}.
 *
 * <p>Threading: as every under store.
 *
 * <p>Must not know: any class of Hadoop or of the package {@code inside}; any engine or gateway.
 */
@NullMarked
package dev.forebay.understore.hadoop;

import org.jspecify.annotations.NullMarked;
