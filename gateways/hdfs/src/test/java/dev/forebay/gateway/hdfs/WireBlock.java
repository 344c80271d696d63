package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BaseHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ChecksumProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ClientOperationHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.ClientReadStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpWriteBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.PacketHeaderProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.PipelineAckProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Speaks data transfer about one block, so that tests may speak it wrongly. */
final class WireBlock implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private DataOutputStream output;
    private DataInputStream input;
    private final ExtendedBlockProto block;
    private final TokenProto token;

    private WireBlock(LocatedBlockProto located) throws IOException {
        var node = located.getLocs(0).getId();
        this.block = located.getB();
        this.token = located.getBlockToken();
        this.socket = new Socket(node.getIpAddr(), node.getXferPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.output = new DataOutputStream(socket.getOutputStream());
        this.input = new DataInputStream(socket.getInputStream());
    }

    static WireBlock connect(LocatedBlockProto located) {
        try {
            return new WireBlock(located);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connected and ready for packets. */
    static WireBlock write(LocatedBlockProto located) {
        WireBlock writer = connect(located);
        assertThat(writer.startWrite(ChecksumTypeProto.CHECKSUM_CRC32C).getStatus())
                .isEqualTo(Status.SUCCESS);
        return writer;
    }

    /** Ready for packets through a protected connection. */
    static WireBlock write(LocatedBlockProto located, DataTalk talk) throws IOException {
        WireBlock writer = connect(located, talk);
        assertThat(writer.startWrite(ChecksumTypeProto.CHECKSUM_CRC32C).getStatus())
                .isEqualTo(Status.SUCCESS);
        return writer;
    }

    /** Connected, and protected. */
    static WireBlock connect(LocatedBlockProto located, DataTalk talk) throws IOException {
        WireBlock block = connect(located);
        DataTalk.Streams streams = talk.run(block.streams());
        block.input = streams.input();
        block.output = streams.output();
        return block;
    }

    /** What is sent and received as it is. */
    DataTalk.Streams streams() {
        return new DataTalk.Streams(input, output);
    }

    BaseHeaderProto base() {
        return BaseHeaderProto.newBuilder().setBlock(block).setToken(token).build();
    }

    ClientOperationHeaderProto header() {
        return ClientOperationHeaderProto.newBuilder()
                .setBaseHeader(base())
                .setClientName(WireClient.HOLDER)
                .build();
    }

    BlockOpResponseProto startWrite(ChecksumTypeProto checksum) {
        return startWrite(checksum, 512);
    }

    BlockOpResponseProto startWrite(ChecksumTypeProto checksum, int chunkLength) {
        return operate(
                80,
                OpWriteBlockProto.newBuilder()
                        .setHeader(header())
                        .setStage(OpWriteBlockProto.BlockConstructionStage.PIPELINE_SETUP_CREATE)
                        .setPipelineSize(1)
                        .setMinBytesRcvd(0)
                        .setMaxBytesRcvd(0)
                        .setLatestGenerationStamp(block.getGenerationStamp())
                        .setRequestedChecksum(
                                ChecksumProto.newBuilder()
                                        .setType(checksum)
                                        .setBytesPerChecksum(chunkLength))
                        .build());
    }

    BlockOpResponseProto operate(int operation, MessageLite request) {
        try {
            output.writeShort(28);
            output.writeByte(operation);
            request.writeDelimitedTo(output);
            output.flush();
            return BlockOpResponseProto.parseDelimitedFrom(input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A packet. */
    record Sent(long number, long offset, boolean last) {}

    void packet(Sent packet, byte[] bytes) {
        packet(packet, bytes, sums(bytes));
    }

    void packet(Sent packet, byte[] bytes, byte[] sums) {
        byte[] header =
                PacketHeaderProto.newBuilder()
                        .setOffsetInBlock(packet.offset())
                        .setSeqno(packet.number())
                        .setLastPacketInBlock(packet.last())
                        .setDataLen(bytes.length)
                        .setSyncBlock(false)
                        .build()
                        .toByteArray();
        try {
            output.writeInt(4 + sums.length + bytes.length);
            output.writeShort(header.length);
            output.write(header);
            output.write(sums);
            output.write(bytes);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] sums(byte[] bytes) {
        return sums(bytes, new CRC32C(), 512);
    }

    static byte[] sums(byte[] bytes, Checksum sum, int chunkLength) {
        ByteBuffer sums = ByteBuffer.allocate(Math.ceilDiv(bytes.length, chunkLength) * 4);
        for (int from = 0; from < bytes.length; from += chunkLength) {
            sum.reset();
            sum.update(bytes, from, Math.min(chunkLength, bytes.length - from));
            sums.putInt((int) sum.getValue());
        }
        return sums.array();
    }

    /** The next acknowledgement must be of this packet; gives back how the packet went. */
    Status acknowledged(long number) {
        try {
            PipelineAckProto answer = PipelineAckProto.parseDelimitedFrom(input);
            assertThat(answer).isNotNull();
            assertThat(answer.getSeqno()).isEqualTo(number);
            assertThat(answer.getReplyCount()).isEqualTo(1);
            return answer.getReply(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends bytes as one packet and the empty one behind it. */
    void whole(byte[] bytes) {
        packet(new Sent(0, 0, false), bytes);
        packet(new Sent(1, bytes.length, true), new byte[0]);
        assertThat(acknowledged(0)).isEqualTo(Status.SUCCESS);
        assertThat(acknowledged(1)).isEqualTo(Status.SUCCESS);
    }

    /** Reads a range and checks every packet of it; the bytes begin with a chunk. */
    byte[] read(long offset, long length) {
        try {
            BlockOpResponseProto answer =
                    operate(
                            81,
                            OpReadBlockProto.newBuilder()
                                    .setHeader(header())
                                    .setOffset(offset)
                                    .setLen(length)
                                    .build());
            assertThat(answer.getStatus()).isEqualTo(Status.SUCCESS);
            long from = offset / 512 * 512;
            assertThat(answer.getReadOpChecksumInfo().getChunkOffset()).isEqualTo(from);
            byte[] bytes = packets(input, from);
            ClientReadStatusProto.newBuilder()
                    .setStatus(Status.CHECKSUM_OK)
                    .build()
                    .writeDelimitedTo(output);
            output.flush();
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads packets up to the last one. */
    static byte[] packets(DataInputStream input, long offset) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (long number = 0; ; number++) {
            int length = input.readInt();
            assertThat(input.readShort()).isEqualTo((short) 25);
            PacketHeaderProto header = PacketHeaderProto.parseFrom(take(input, 25));
            assertThat(header.getSeqno()).isEqualTo(number);
            assertThat(header.getOffsetInBlock()).isEqualTo(offset + all.size());
            int sums = (header.getDataLen() + 511) / 512 * 4;
            assertThat(length).isEqualTo(4 + sums + header.getDataLen());
            byte[] sent = take(input, sums);
            byte[] bytes = take(input, header.getDataLen());
            assertThat(sent).isEqualTo(sums(bytes));
            all.write(bytes);
            if (header.getLastPacketInBlock()) {
                assertThat(bytes).isEmpty();
                return all.toByteArray();
            }
        }
    }

    /** Streams that decode what they read would wait for something even if nothing is wanted. */
    private static byte[] take(DataInputStream input, int count) throws IOException {
        byte[] bytes = new byte[count];
        input.readFully(bytes);
        return bytes;
    }

    void send(byte[] bytes) {
        try {
            output.write(bytes);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends no more. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the other side has closed; waits for it. */
    boolean ended() {
        try {
            return input.read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
