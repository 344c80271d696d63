package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AbandonBlockRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AbandonBlockResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AppendRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.AppendResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RecoverLeaseRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.RecoverLeaseResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdateBlockForPipelineRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.UpdateBlockForPipelineResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpBlockChecksumProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpReadBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.OpTransferBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ChecksumTypeProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.ExtendedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.HdfsFileStatusProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlockProto;
import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.LocatedBlocksProto;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Blocks on the wire, and clients that send or ask for them wrongly. */
class DataTransferTest {
    private static final String PATH = "/f";
    private static final byte[] NOTHING = new byte[0];

    private final RunningGateway running = new RunningGateway();
    private final WireClient client = running.client();

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    private static ExtendedBlockProto written(LocatedBlockProto located, long length) {
        return located.getB().toBuilder().setNumBytes(length).build();
    }

    private void write(byte[] bytes) {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.whole(bytes);
        }
        assertThat(client.complete(PATH, file, written(block, bytes.length))).isTrue();
    }

    private byte[] read(long offset, long length) {
        try (WireBlock reader = WireBlock.connect(client.locate(PATH).getBlocks(0))) {
            return reader.read(offset, length);
        }
    }

    @Test
    void rangesBeginAndEndWithChunks() {
        byte[] bytes = pattern(100_000);
        write(bytes);
        try (WireBlock reader = WireBlock.connect(client.locate(PATH).getBlocks(0))) {
            assertThat(reader.read(0, bytes.length)).isEqualTo(bytes);
            assertThat(reader.read(0, 1)).isEqualTo(Arrays.copyOf(bytes, 512));
            assertThat(reader.read(513, 2)).isEqualTo(Arrays.copyOfRange(bytes, 512, 1024));
            assertThat(reader.read(99_999, 1))
                    .isEqualTo(Arrays.copyOfRange(bytes, 99_840, 100_000));
            assertThat(reader.read(99_999, 5_000)).hasSize(160);
        }
    }

    @Test
    void readsOutsideOfTheBlockAreRefused() {
        write(pattern(10));
        try (WireBlock reader = WireBlock.connect(client.locate(PATH).getBlocks(0))) {
            assertThat(ask(reader, 11, 1).getStatus()).isEqualTo(Status.ERROR);
            assertThat(reader.ended()).isTrue();
        }
        LocatedBlockProto unknown = client.locate(PATH).getBlocks(0);
        ExtendedBlockProto other = unknown.getB().toBuilder().setBlockId(1L << 50).build();
        try (WireBlock reader = WireBlock.connect(unknown.toBuilder().setB(other).build())) {
            assertThat(ask(reader, 0, 1).getStatus()).isEqualTo(Status.ERROR);
        }
    }

    private static BlockOpResponseProto ask(WireBlock reader, long offset, long length) {
        return reader.operate(
                81,
                OpReadBlockProto.newBuilder()
                        .setHeader(reader.header())
                        .setOffset(offset)
                        .setLen(length)
                        .build());
    }

    @Test
    void aDamagedPacketIsRefusedAndNothingOfItKept() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        byte[] good = pattern(1_024);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 0, false), good);
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            byte[] sums = WireBlock.sums(good);
            sums[5]++;
            writer.packet(new WireBlock.Sent(1, 1_024, false), good, sums);
            assertThat(writer.acknowledged(1)).isEqualTo(Status.ERROR_CHECKSUM);
            assertThat(writer.ended()).isTrue();
        }
        assertThat(client.complete(PATH, file, written(block, 1_024))).isTrue();
        assertThat(read(0, 2_048)).isEqualTo(good);
    }

    /** The Go client writes CRC32; Hadoop's writes what its configuration says. */
    @ParameterizedTest
    @CsvSource({"CHECKSUM_CRC32, 512", "CHECKSUM_CRC32, 4096", "CHECKSUM_CRC32C, 1"})
    void checksumsOfEveryKindAreChecked(ChecksumTypeProto type, int chunkLength) {
        Checksum sum = type == ChecksumTypeProto.CHECKSUM_CRC32 ? new CRC32() : new CRC32C();
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        byte[] bytes = pattern(10_001);
        byte[] sums = WireBlock.sums(bytes, sum, chunkLength);
        try (WireBlock writer = WireBlock.connect(block)) {
            assertThat(writer.startWrite(type, chunkLength).getStatus()).isEqualTo(Status.SUCCESS);
            writer.packet(new WireBlock.Sent(0, 0, false), bytes, sums);
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            sums[sums.length - 1]++;
            writer.packet(new WireBlock.Sent(1, 10_001, false), bytes, sums);
            assertThat(writer.acknowledged(1)).isEqualTo(Status.ERROR_CHECKSUM);
        }
        assertThat(client.complete(PATH, file, written(block, 10_001))).isTrue();
        assertThat(read(0, 10_001)).isEqualTo(bytes);
    }

    /** As Hadoop's client does for files that are to lie in memory first. */
    @Test
    void packetsMayComeWithoutChecksums() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        byte[] bytes = pattern(1_500);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 0, false), bytes, NOTHING);
            writer.packet(new WireBlock.Sent(1, 1_500, true), NOTHING);
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            assertThat(writer.acknowledged(1)).isEqualTo(Status.SUCCESS);
        }
        assertThat(client.complete(PATH, file, written(block, 1_500))).isTrue();
        assertThat(read(0, 2_048)).isEqualTo(bytes);
    }

    @Test
    void whatIsSentAgainIsKeptOnce() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        byte[] bytes = pattern(20_000);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 0, false), Arrays.copyOf(bytes, 10_000));
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
        }
        LocatedBlockProto renewed = renew(block);
        assertThat(renewed.getB().getGenerationStamp())
                .isGreaterThan(block.getB().getGenerationStamp());
        try (WireBlock writer = WireBlock.write(renewed)) {
            writer.packet(
                    new WireBlock.Sent(0, 8_192, false), Arrays.copyOfRange(bytes, 8_192, 20_000));
            writer.packet(new WireBlock.Sent(1, 0, false), Arrays.copyOf(bytes, 512));
            writer.packet(new WireBlock.Sent(2, 20_000, true), NOTHING);
            for (int number = 0; number < 3; number++) {
                assertThat(writer.acknowledged(number)).isEqualTo(Status.SUCCESS);
            }
        }
        assertThat(client.complete(PATH, file, written(renewed, 20_000))).isTrue();
        assertThat(read(0, 20_000)).isEqualTo(bytes);
    }

    private LocatedBlockProto renew(LocatedBlockProto block) {
        return client.call(
                        "updateBlockForPipeline",
                        UpdateBlockForPipelineRequestProto.newBuilder()
                                .setBlock(block.getB())
                                .setClientName(WireClient.HOLDER)
                                .build(),
                        UpdateBlockForPipelineResponseProto.parser())
                .getBlock();
    }

    @Test
    void aGapIsRefused() {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 512, false), pattern(512));
            assertThat(writer.acknowledged(0)).isEqualTo(Status.ERROR);
            assertThat(writer.ended()).isTrue();
        }
    }

    @Test
    void onlyTheLastConnectionWrites() {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        try (WireBlock first = WireBlock.write(block);
                WireBlock second = WireBlock.write(block)) {
            first.packet(new WireBlock.Sent(0, 0, false), pattern(512));
            assertThat(first.acknowledged(0)).isEqualTo(Status.ERROR);
            second.packet(new WireBlock.Sent(0, 0, false), pattern(512));
            assertThat(second.acknowledged(0)).isEqualTo(Status.SUCCESS);
        }
    }

    @Test
    void aWriterWhoseLeaseWasTakenIsToldSo() {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 0, false), pattern(5_000));
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            client.call(
                    "recoverLease",
                    RecoverLeaseRequestProto.newBuilder()
                            .setSrc(PATH)
                            .setClientName("another")
                            .build(),
                    RecoverLeaseResponseProto.parser());
            writer.packet(new WireBlock.Sent(1, 5_000, false), pattern(10));
            assertThat(writer.acknowledged(1)).isEqualTo(Status.ERROR);
            assertThat(writer.ended()).isTrue();
        }
        assertThat(client.locate(PATH).getUnderConstruction()).isFalse();
        assertThat(read(0, 5_000)).isEqualTo(pattern(5_000));
    }

    @Test
    void heartbeatsAreAnswered() {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(-1, 0, false), NOTHING);
            assertThat(writer.acknowledged(-1)).isEqualTo(Status.SUCCESS);
            writer.whole(pattern(5));
        }
    }

    @Test
    void acknowledgedBytesAreVisible() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        byte[] bytes = pattern(30_000);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.packet(new WireBlock.Sent(0, 0, false), bytes);
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            LocatedBlocksProto located = client.locate(PATH);
            assertThat(located.getFileLength()).isEqualTo(30_000);
            assertThat(located.getUnderConstruction()).isTrue();
            assertThat(located.getIsLastBlockComplete()).isTrue();
            assertThat(read(0, 30_000)).isEqualTo(bytes);
        }
    }

    @Test
    void aRepeatedRequestForABlockGetsTheSame() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto first = client.addBlock(PATH, file);
        assertThat(client.addBlock(PATH, file)).isEqualTo(first);
        try (WireBlock writer = WireBlock.write(first)) {
            writer.whole(pattern(600));
        }
        ExtendedBlockProto previous = written(first, 600);
        LocatedBlockProto second = client.addBlock(PATH, file, previous);
        assertThat(second.getB().getBlockId()).isNotEqualTo(first.getB().getBlockId());
        assertThat(second.getOffset()).isEqualTo(600);
        assertThat(client.addBlock(PATH, file, previous)).isEqualTo(second);
    }

    @Test
    void aLostAnswerToCompleteMayBeAskedForAgain() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto block = client.addBlock(PATH, file);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.whole(pattern(7));
        }
        assertThat(
                        client.call(
                                        "complete",
                                        WireClient.completion(PATH, file, written(block, 8)))
                                .error())
                .isEqualTo("java.io.IOException");
        assertThat(client.complete(PATH, file, written(block, 7))).isTrue();
        assertThat(client.complete(PATH, file, written(block, 7))).isTrue();
        assertThat(client.call("addBlock", WireClient.addition(PATH, file).build()).error())
                .isEqualTo("org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException");
        assertThat(running.gateway.blocksBeingWritten()).isZero();
    }

    @Test
    void anAbandonedBlockLeavesNothing() {
        HdfsFileStatusProto file = client.create(PATH);
        LocatedBlockProto first = client.addBlock(PATH, file);
        try (WireBlock writer = WireBlock.write(first)) {
            writer.packet(new WireBlock.Sent(0, 0, false), pattern(9_000));
            assertThat(writer.acknowledged(0)).isEqualTo(Status.SUCCESS);
            assertThat(
                            client.call(
                                    "abandonBlock",
                                    AbandonBlockRequestProto.newBuilder()
                                            .setB(first.getB())
                                            .setSrc(PATH)
                                            .setHolder(WireClient.HOLDER)
                                            .setFileId(file.getFileId())
                                            .build(),
                                    AbandonBlockResponseProto.parser()))
                    .isNotNull();
            writer.packet(new WireBlock.Sent(1, 9_000, false), pattern(10));
            assertThat(writer.acknowledged(1)).isEqualTo(Status.ERROR);
        }
        LocatedBlockProto second = client.addBlock(PATH, file);
        assertThat(second.getOffset()).isZero();
        try (WireBlock writer = WireBlock.write(second)) {
            writer.whole(pattern(50));
        }
        assertThat(client.complete(PATH, file, written(second, 50))).isTrue();
        assertThat(read(0, 100)).isEqualTo(pattern(50));
    }

    @Test
    void appendingBeginsABlockAndTellsOneCopy() {
        write(pattern(700));
        AppendResponseProto answer =
                client.call(
                        "append",
                        AppendRequestProto.newBuilder()
                                .setSrc(PATH)
                                .setClientName(WireClient.HOLDER)
                                .build(),
                        AppendResponseProto.parser());
        assertThat(answer.hasBlock()).isFalse();
        assertThat(answer.getStat().getBlockReplication()).isEqualTo(1);
        assertThat(answer.getStat().getLength()).isEqualTo(700);
        LocatedBlockProto block = client.addBlock(PATH, answer.getStat());
        assertThat(block.getOffset()).isEqualTo(700);
        try (WireBlock writer = WireBlock.write(block)) {
            writer.whole(pattern(300));
        }
        assertThat(client.complete(PATH, answer.getStat(), written(block, 300))).isTrue();
        assertThat(client.locate(PATH).getFileLength()).isEqualTo(1_000);
        assertThat(client.locate(PATH).getUnderConstruction()).isFalse();
    }

    @Test
    void aBlockHasAChecksum() {
        write(pattern(1_000));
        try (WireBlock reader = WireBlock.connect(client.locate(PATH).getBlocks(0))) {
            BlockOpResponseProto answer =
                    reader.operate(
                            85, OpBlockChecksumProto.newBuilder().setHeader(reader.base()).build());
            assertThat(answer.getStatus()).isEqualTo(Status.SUCCESS);
            var checksum = answer.getChecksumResponse();
            assertThat(checksum.getBytesPerCrc()).isEqualTo(512);
            assertThat(checksum.getCrcPerBlock()).isEqualTo(2);
            assertThat(checksum.getCrcType()).isEqualTo(ChecksumTypeProto.CHECKSUM_CRC32C);
            assertThat(checksum.getBlockChecksum().toByteArray())
                    .isEqualTo(md5(WireBlock.sums(pattern(1_000))));
            assertThat(reader.read(0, 1_000)).isEqualTo(pattern(1_000));
        }
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void operationsOfOtherNodesAreRefused() {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        for (int operation : new int[] {82, 83, 84, 86, 87, 88, 89, 90, 127}) {
            try (WireBlock other = WireBlock.connect(block)) {
                var request = OpTransferBlockProto.newBuilder().setHeader(other.header()).build();
                assertThat(other.operate(operation, request).getStatus())
                        .isEqualTo(Status.ERROR_UNSUPPORTED);
                assertThat(other.ended()).isTrue();
            }
        }
        try (WireBlock other = WireBlock.connect(block)) {
            assertThat(other.startWrite(ChecksumTypeProto.CHECKSUM_CRC32, 0).getStatus())
                    .isEqualTo(Status.ERROR_UNSUPPORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // instead of an operation: another version, protection, an endless length
                "001b50",
                "deadbeefffffffffff",
                "001c51ffffffffff",
                "001c5180808080808080",
                // a message that is none
                "001c5103ffffff",
            })
    void nonsenseEndsOnlyItsConnection(String bytes) {
        write(pattern(10));
        try (WireBlock hostile = WireBlock.connect(client.locate(PATH).getBlocks(0))) {
            hostile.send(HexFormat.of().parseHex(bytes));
            assertThat(hostile.ended()).isTrue();
        }
        assertThat(read(0, 10)).isEqualTo(pattern(10));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // lengths of packet and header
                "7fffffff0019",
                "ffffffff0019",
                "000000040000",
                "00000004ffff",
                "000000047fff",
                // a header whose data is longer or shorter than the packet, or negative
                "00000004001909000000000000000011000000000000000018002501000000",
                "00000104001909000000000000000011000000000000000018002501000000",
                "000000040019090000000000000000110000000000000000180025ffffffff",
            })
    void nonsensePacketsEndOnlyTheirConnection(String bytes) {
        LocatedBlockProto block = client.addBlock(PATH, client.create(PATH));
        try (WireBlock hostile = WireBlock.write(block)) {
            hostile.send(HexFormat.of().parseHex(bytes));
            assertThat(hostile.ended()).isTrue();
        }
        try (WireBlock writer = WireBlock.write(block)) {
            writer.whole(pattern(10));
        }
    }

    @Test
    void theAdvertisedAddressIsTold() {
        var advertised = new HdfsConfig.Advertised("data.example", 19_866);
        try (RunningGateway other = new RunningGateway(Optional.of(advertised));
                WireClient there = other.client()) {
            var node = there.addBlock(PATH, there.create(PATH)).getLocs(0).getId();
            assertThat(node.getIpAddr()).isEqualTo("data.example");
            assertThat(node.getXferPort()).isEqualTo(19_866);
        }
        var node = client.addBlock(PATH, client.create(PATH)).getLocs(0).getId();
        assertThat(node.getIpAddr()).isEqualTo("127.0.0.1");
        assertThat(node.getXferPort()).isEqualTo(running.gateway.dataPort());
    }
}
