package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.PacketHeaderProto;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class PacketHeaderTest {
    @Test
    void itIsTheMessageOfTheProtocol() throws Exception {
        for (int length : new int[] {0, 1, 65_536}) {
            ByteBuffer bytes = ByteBuffer.allocate(PacketHeader.LENGTH);
            PacketHeader.put(bytes, new PacketHeader.Packet(1L << 40, 300, length), 12);
            assertThat(bytes.hasRemaining()).isFalse();
            assertThat(bytes.getInt(0)).isEqualTo(4 + 12 + length);
            assertThat(bytes.getShort(4)).isEqualTo((short) 25);
            PacketHeaderProto expected =
                    PacketHeaderProto.newBuilder()
                            .setOffsetInBlock(1L << 40)
                            .setSeqno(300)
                            .setLastPacketInBlock(length == 0)
                            .setDataLen(length)
                            .build();
            assertThat(PacketHeaderProto.parseFrom(bytes.slice(6, 25))).isEqualTo(expected);
        }
    }
}
