package dev.forebay.gateway.hdfs;

import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** One method of ClientProtocol: decodes, calls the engine once, encodes. */
@FunctionalInterface
interface Method {
    /**
     * Runs a call.
     *
     * @throws RpcError.Refusal when the gateway itself finds that it cannot be
     * @throws InvalidProtocolBufferException when the request is malformed
     */
    MessageLite run(RpcCall call) throws InvalidProtocolBufferException;
}
