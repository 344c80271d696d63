/**
 * Hadoop's {@code FileSystem} for {@code forebay://}: names and writes go to the node's HDFS
 * gateway through Hadoop's own client; blocks that the node has in memory are read where they lie.
 *
 * <p>Read first: {@link dev.forebay.hadoop.ForebayFileSystem}, then {@link
 * dev.forebay.hadoop.SharedBlocks}, which says why what is read is right.
 *
 * <p>Java 17, without any other module: it runs inside programs of Hadoop.
 */
@NullMarked
package dev.forebay.hadoop;

import org.jspecify.annotations.NullMarked;
