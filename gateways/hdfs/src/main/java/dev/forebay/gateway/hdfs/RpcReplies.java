package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcRequestHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.CodedOutputStream;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the answers of one connection, each as one frame, in whatever order the calls end. Safe for
 * use by many threads.
 *
 * <pre>
 * length of all that follows 4, big-endian | length varint, RpcResponseHeader
 *                                          | length varint, answer; not after an error
 * </pre>
 */
final class RpcReplies {
    /** The version of the protocol. */
    static final int VERSION = 9;

    private static final Duration SEND_LIMIT = Duration.ofMinutes(2);

    private final Connection connection;
    private final ReentrantLock sending = new ReentrantLock();

    RpcReplies(Connection connection) {
        this.connection = connection;
    }

    /** Sends an answer and returns the bytes of its frame. */
    int succeed(RpcRequestHeaderProto request, MessageLite answer) throws IOException {
        RpcResponseHeaderProto header = header(request, RpcStatusProto.SUCCESS).build();
        int length = delimited(header) + delimited(answer);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
        CodedOutputStream output =
                CodedOutputStream.newInstance(frame.array(), Integer.BYTES, length);
        put(output, header);
        put(output, answer);
        return send(frame.rewind());
    }

    /** Sends an error after which the connection goes on, and returns the bytes of its frame. */
    int fail(RpcRequestHeaderProto request, RpcError error) throws IOException {
        return fail(header(request, RpcStatusProto.ERROR), error);
    }

    /** Sends an error after which the connection ends. */
    void failFinally(int callId, RpcError error) throws IOException {
        RpcRequestHeaderProto request =
                RpcRequestHeaderProto.newBuilder()
                        .setCallId(callId)
                        .setClientId(ByteString.EMPTY)
                        .build();
        fail(header(request, RpcStatusProto.FATAL), error);
    }

    private int fail(RpcResponseHeaderProto.Builder header, RpcError error) throws IOException {
        RpcResponseHeaderProto whole =
                header.setExceptionClassName(error.className())
                        .setErrorMsg(error.message())
                        .setErrorDetail(error.code())
                        .build();
        int length = delimited(whole);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + length).putInt(length);
        put(CodedOutputStream.newInstance(frame.array(), Integer.BYTES, length), whole);
        return send(frame.rewind());
    }

    private static RpcResponseHeaderProto.Builder header(
            RpcRequestHeaderProto request, RpcStatusProto status) {
        return RpcResponseHeaderProto.newBuilder()
                .setCallId(request.getCallId())
                .setStatus(status)
                .setServerIpcVersionNum(VERSION)
                .setClientId(request.getClientId())
                .setRetryCount(request.getRetryCount());
    }

    private static int delimited(MessageLite message) {
        int size = message.getSerializedSize();
        return CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }

    private static void put(CodedOutputStream output, MessageLite message) throws IOException {
        output.writeUInt32NoTag(message.getSerializedSize());
        message.writeTo(output);
        output.flush();
    }

    private int send(ByteBuffer frame) throws IOException {
        int length = frame.remaining();
        sending.lock();
        try {
            connection.expectWithin(SEND_LIMIT);
            connection.write(frame);
            connection.rest();
        } finally {
            sending.unlock();
        }
        return length;
    }
}
