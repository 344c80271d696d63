package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixDescriptor;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BaseHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpRequestShortCircuitAccessProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ReleaseShortCircuitAccessRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ReleaseShortCircuitAccessResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmIdProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ShortCircuitShmSlotProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;
import org.apache.hadoop.thirdparty.protobuf.Parser;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A client of the domain socket, as libhdfs3 and Hadoop's native library are. */
final class LocalClient implements AutoCloseable {
    private static final int META_MAX = 1 << 16;

    private final UnixConnection connection;

    LocalClient(Path socket) {
        connection = UnixConnection.connect(socket);
    }

    /** The files that came for a block, or why none did. */
    record Answer(BlockOpResponseProto response, byte body, UnixDescriptor data, ByteBuffer meta) {
        byte[] read(int length) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            assertThat(data.read(0, bytes)).isEqualTo(length);
            return bytes.array();
        }
    }

    static OpRequestShortCircuitAccessProto.Builder request(BlockId block) {
        return OpRequestShortCircuitAccessProto.newBuilder()
                .setHeader(
                        BaseHeaderProto.newBuilder()
                                .setBlock(
                                        ExtendedBlockProto.newBuilder()
                                                .setPoolId(LocationEncoder.POOL)
                                                .setBlockId(block.value())
                                                .setGenerationStamp(LocationEncoder.GENERATION)))
                .setMaxVersion(1);
    }

    /** The same of a client that knows the length of the block. */
    static OpRequestShortCircuitAccessProto request(BlockId block, long length) {
        OpRequestShortCircuitAccessProto.Builder request = request(block);
        request.getHeaderBuilder().getBlockBuilder().setNumBytes(length);
        return request.build();
    }

    Answer files(BlockId block) {
        return files(request(block).build());
    }

    Answer files(OpRequestShortCircuitAccessProto request) {
        BlockOpResponseProto response = ask(request);
        assertThat(response.getStatus()).as(response.getMessage()).isEqualTo(Status.SUCCESS);
        assertThat(response.getShortCircuitAccessVersion()).isEqualTo(1);
        UnixConnection.Received received = connection.receiveDescriptors(2);
        if (request.getSupportsReceiptVerification()) {
            send(new byte[] {0});
        }
        try (UnixDescriptor meta = received.descriptors().get(1)) {
            ByteBuffer bytes = ByteBuffer.allocate(META_MAX);
            assertThat(meta.read(0, bytes)).isPositive();
            return new Answer(
                    response, received.body(), received.descriptors().getFirst(), bytes.flip());
        }
    }

    /** Asks for files that must be refused. */
    BlockOpResponseProto refused(OpRequestShortCircuitAccessProto request) {
        BlockOpResponseProto response = ask(request);
        assertThat(response.getStatus()).isEqualTo(Status.ERROR_UNSUPPORTED);
        // without it clients give the whole node up
        assertThat(response.getShortCircuitAccessVersion()).isEqualTo(1);
        assertThat(response.getMessage()).isNotEmpty();
        return response;
    }

    BlockOpResponseProto ask(OpRequestShortCircuitAccessProto request) {
        send(87, request);
        return receive(BlockOpResponseProto.parser());
    }

    /** Memory shared with the node. */
    record Shared(ShortCircuitShmIdProto id, MemorySegment memory) {
        void mark(int slot) {
            ValueLayout.JAVA_LONG.varHandle().setVolatile(memory, slot * 64L, SlotSegment.VALID);
        }

        boolean valid(int slot) {
            return (long) ValueLayout.JAVA_LONG.varHandle().getVolatile(memory, slot * 64L) != 0;
        }

        ShortCircuitShmSlotProto slot(int index) {
            return ShortCircuitShmSlotProto.newBuilder().setShmId(id).setSlotIdx(index).build();
        }
    }

    Shared share() {
        send(89, ShortCircuitShmRequestProto.newBuilder().setClientName("test").build());
        var response = receive(ShortCircuitShmResponseProto.parser());
        assertThat(response.getStatus()).as(response.getError()).isEqualTo(Status.SUCCESS);
        try (UnixDescriptor file = connection.receiveDescriptor()) {
            return new Shared(response.getId(), file.map(SlotSegment.LENGTH));
        }
    }

    ReleaseShortCircuitAccessResponseProto release(ShortCircuitShmSlotProto slot) {
        send(88, ReleaseShortCircuitAccessRequestProto.newBuilder().setSlotId(slot).build());
        return receive(ReleaseShortCircuitAccessResponseProto.parser());
    }

    private void send(int operation, MessageLite message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream output = new DataOutputStream(bytes);
            output.writeShort(28);
            output.writeByte(operation);
            message.writeDelimitedTo(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(bytes.toByteArray());
    }

    void send(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment source = arena.allocate(bytes.length);
            source.asByteBuffer().put(bytes);
            connection.write(source);
        }
    }

    <M> M receive(Parser<M> parser) {
        try {
            return parser.parseDelimitedFrom(input());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much as was asked for and no more, so that a descriptor behind it stays there. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (length == 0) {
                    return 0;
                }
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment bytes = arena.allocate(length);
                    int count = (int) connection.readSome(bytes);
                    MemorySegment.copy(
                            bytes, ValueLayout.JAVA_BYTE, 0, target, offset, Math.max(0, count));
                    return count == 0 ? -1 : count;
                }
            }
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}
