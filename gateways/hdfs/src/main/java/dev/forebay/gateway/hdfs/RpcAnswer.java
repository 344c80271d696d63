package dev.forebay.gateway.hdfs;

import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** What a call comes to. */
sealed interface RpcAnswer {
    /** It went well. */
    record Message(MessageLite message) implements RpcAnswer {}

    /** It failed. */
    record Failure(RpcError error) implements RpcAnswer {}
}
