/**
 * The WebHDFS REST interface of an HDFS NameNode and of its DataNodes on one port, as {@code hdfs},
 * fsspec, curl and Hadoop's own client speak it.
 *
 * <p>Read first: {@link dev.forebay.gateway.webhdfs.WebHdfsGateway}, then {@code Operations} for
 * the table of calls, {@code Transfers} for bytes of files, {@code WebHdfsErrors} for what goes
 * wrong.
 *
 * <p>Threading: each request runs on its own virtual thread. The only state is the set of uploads
 * that run now, whose leases one more thread renews.
 *
 * <p>Must not know: other gateways, stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.webhdfs;

import org.jspecify.annotations.NullMarked;
