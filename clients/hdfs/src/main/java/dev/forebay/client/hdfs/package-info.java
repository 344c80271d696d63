/**
 * The files of the Java API over the wires of HDFS, on Hadoop's own client: {@code hdfs://} and
 * {@code webhdfs://}, of a Forebay node and of a Hadoop cluster. Read {@link
 * dev.forebay.client.hdfs.HdfsConnector}, {@code HdfsFiles} and {@code HdfsErrors} first. A module
 * apart for its jars; {@code dev.forebay.client} finds it when such a URI is asked for.
 *
 * <p>A client is safe for use by many threads; readers and writers are as the API says. All calls
 * block.
 *
 * <p>Must not know: any engine, store or gateway; nor be on a class path with the node's, which has
 * generated classes of Hadoop's names.
 */
@NullMarked
package dev.forebay.client.hdfs;

import org.jspecify.annotations.NullMarked;
