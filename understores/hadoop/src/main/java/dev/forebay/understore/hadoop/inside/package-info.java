/**
 * What speaks to Hadoop. Loaded by {@code HadoopClassLoader} alone, beside Hadoop's own classes, so
 * that nothing else of the node may refer to it by more than its name.
 *
 * <p>Read first: {@link dev.forebay.understore.hadoop.inside.HadoopUnderStore}, {@link
 * dev.forebay.understore.hadoop.inside.HadoopCalls} through which each call goes, {@link
 * dev.forebay.understore.hadoop.inside.HadoopErrors}.
 *
 * <p>Threading: as every under store. Hadoop looks for classes through the class loader of the
 * calling thread, which {@code HadoopCalls} sets.
 *
 * <p>Must not know: any engine or gateway.
 */
@NullMarked
package dev.forebay.understore.hadoop.inside;

import org.jspecify.annotations.NullMarked;
