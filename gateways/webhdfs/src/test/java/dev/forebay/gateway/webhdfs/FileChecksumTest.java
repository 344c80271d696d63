package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;
import dev.forebay.base.error.Internal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

class FileChecksumTest {
    @Test
    void emptyFileHasTheSumOfTheFirstVersions() {
        assertThat(new FileChecksum(List.of()).value())
                .isEqualTo(
                        new FileChecksum.Value(
                                "MD5-of-0MD5-of-0CRC32",
                                "000000000000000000000000"
                                        + "70bc8f4b72a86921468bf8e8441dce51"
                                        + "00000000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 1024, 100_000})
    void oneBlockTellsNoChunksPerBlock(int length) {
        byte[] bytes = Randomness.seeded(length).bytes(length);
        FileChecksum checksum = new FileChecksum(List.of((long) length));
        checksum.update(ByteBuffer.wrap(bytes));
        assertThat(checksum.value())
                .isEqualTo(
                        new FileChecksum.Value(
                                "MD5-of-0MD5-of-512CRC32C",
                                "00000200" + "0000000000000000" + sum(bytes, length) + "00000000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 511, 512, 513, 4096, 5000})
    void piecesMayBeginAndEndAnywhere(int pieceLength) {
        byte[] bytes = Randomness.seeded(pieceLength).bytes(20_100);
        FileChecksum checksum = new FileChecksum(List.of(5000L, 5000L, 5000L, 5000L, 100L));
        for (int i = 0; i < bytes.length; i += pieceLength) {
            int length = Math.min(pieceLength, bytes.length - i);
            ByteBuffer piece = ByteBuffer.allocateDirect(length).put(bytes, i, length).flip();
            checksum.update(piece);
            assertThat(piece.hasRemaining()).isFalse();
        }
        assertThat(checksum.value())
                .isEqualTo(
                        new FileChecksum.Value(
                                "MD5-of-10MD5-of-512CRC32C",
                                "00000200" + "000000000000000a" + sum(bytes, 5000) + "00000000"));
    }

    @Test
    void lengthMustBeThatOfTheBlocks() {
        FileChecksum checksum = new FileChecksum(List.of(2L));
        checksum.update(ByteBuffer.allocate(1));
        assertThatThrownBy(checksum::value).isInstanceOf(Internal.class);
        checksum.update(ByteBuffer.allocate(1));
        assertThat(checksum.value().length()).isEqualTo(28);
        assertThatThrownBy(() -> checksum.update(ByteBuffer.allocate(1)))
                .isInstanceOf(Internal.class);
    }

    /** The definition, written down plainly: as Hadoop's FileChecksumHelper does it. */
    private static String sum(byte[] file, int blockLength) {
        ByteArrayOutputStream sums = new ByteArrayOutputStream();
        for (int block = 0; block < file.length; block += blockLength) {
            int end = Math.min(block + blockLength, file.length);
            ByteArrayOutputStream crcs = new ByteArrayOutputStream();
            for (int chunk = block; chunk < end; chunk += 512) {
                CRC32C crc = new CRC32C();
                crc.update(file, chunk, Math.min(512, end - chunk));
                crcs.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
            }
            sums.writeBytes(md5(crcs.toByteArray()));
        }
        int padded = Math.max(32, Integer.highestOneBit(sums.size() - 1) * 2);
        return HexFormat.of().formatHex(md5(Arrays.copyOf(sums.toByteArray(), padded)));
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
