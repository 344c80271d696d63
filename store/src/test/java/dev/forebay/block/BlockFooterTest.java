package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.BlockId;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;

class BlockFooterTest {
    private static ByteBuffer footer(byte[] content) {
        RunningChecksums sums = new RunningChecksums();
        sums.append(ByteBuffer.wrap(content));
        return BlockFooter.encode(new BlockId(0x0102), sums.snapshot());
    }

    @Test
    void layoutIsAsDrawn() {
        ByteBuffer footer = footer(new byte[32]);
        byte[] bytes = new byte[footer.remaining()];
        footer.get(bytes);
        assertThat(HexFormat.of().formatHex(bytes, 0, 36))
                .isEqualTo(
                        "aa36918a" // RFC 3720 appendix B.4: 32 bytes of zeros, as on its wire
                                + "464259424c4f434b" // FBYBLOCK
                                + "01000000"
                                + "00000100"
                                + "0201000000000000"
                                + "2000000000000000");
        assertThat(bytes).hasSize(44);
    }

    @Test
    void dataLengthFollowsFromFileLength() {
        for (int length : new int[] {0, 1, 65535, 65536, 65537, 131072, 131073, 1 << 20}) {
            int fileLength = length + footer(new byte[length]).remaining();
            assertThat(BlockFooter.dataLength(fileLength)).isEqualTo(length);
        }
        assertThat(BlockFooter.dataLength(0)).isZero();
        assertThat(BlockFooter.dataLength(41)).isZero();
    }
}
