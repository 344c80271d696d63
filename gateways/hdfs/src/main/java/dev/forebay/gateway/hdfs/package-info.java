/**
 * The native HDFS protocols: Hadoop RPC version 9 with ClientProtocol, and data transfer version
 * 28, as the Hadoop Java client, libhdfs3, hdfs-native and others speak them.
 *
 * <p>Read first: {@link dev.forebay.gateway.hdfs.HdfsGateway}, then {@code RpcConnection} and
 * {@code MethodTable} for calls, {@code RpcHandshake} and {@code Mechanism} for who calls, {@code
 * DataConnection} with {@code BlockSender} and {@code BlockReceiver} for bytes, {@code
 * LocalListener} and {@code DescriptorOperations} for clients on this machine, {@code BlockTable}
 * for what is being written, {@code HdfsErrors} for what goes wrong.
 *
 * <p>Threading: each connection has a thread: of the system on the domain socket and for the first
 * connections of both ports, which is woken faster, else a virtual one. {@code CallThreads} says
 * which thread runs a call. The only state is the table of blocks being written, and which clients
 * share memory.
 *
 * <p>Of Hadoop's jars only the generated protocol messages are used. Must not know: other gateways,
 * stores, paths of the local machine.
 */
@NullMarked
package dev.forebay.gateway.hdfs;

import org.jspecify.annotations.NullMarked;
