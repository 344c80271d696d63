package dev.forebay.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class PlasmaMessageTest {
    /** A node's answer to a Get of two objects: 300 bytes at 4096, and one that is not there. */
    private static final byte[] ANSWER =
            HexFormat.of()
                    .parseHex(
                            "100000000c001400040008000c0010000c000000100000004c000000ac000000"
                                    + "b400000002000000080000001c0000001400000000000000000000010000"
                                    + "0000000000020000000314000000000000000000000400000000000000"
                                    + "05000000060000000002000000010000000000000000100000000000002c"
                                    + "010000000000002c11000000000000000000000000000000000000000000"
                                    + "0000000000000000000000000000000000ffffffffffffffff0000000000"
                                    + "000000000000000000000000000000000000000100000001000000000000"
                                    + "00010000000800000010000000");

    private static PlasmaMessage answer(byte[] body) {
        return new PlasmaMessage(
                PlasmaMessage.GET_REPLY, ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void placesAreRead() throws IOException {
        PlasmaMessage answer = answer(ANSWER);
        assertThat(answer.hasFiles()).isTrue();
        assertThat(answer.places())
                .containsExactly(
                        new PlasmaMessage.Place(4096, 300), new PlasmaMessage.Place(0, -1));
        assertThat(answer.places().get(1).present()).isFalse();
    }

    @Test
    void whatIsCutOffIsRefused() {
        for (int length = 0; length < 180; length++) {
            PlasmaMessage cut = answer(Arrays.copyOf(ANSWER, length));
            assertThatThrownBy(cut::places).as("length %d", length).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsDamagedIsRefusedOrRead() {
        for (int index = 0; index < ANSWER.length; index++) {
            for (int value : List.of(0, 1, 0x7F, 0x80, 0xFF)) {
                byte[] damaged = ANSWER.clone();
                damaged[index] = (byte) value;
                try {
                    assertThat(answer(damaged).places().size()).isNotNegative();
                    assertThat(answer(damaged).hasFiles()).isIn(true, false);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("malformed");
                }
            }
        }
    }

    @Test
    void requestsHaveTheHeaderOfPlasma() {
        byte[] id = new byte[PlasmaMessage.ID_LENGTH];
        for (PlasmaMessage message :
                List.of(
                        PlasmaMessage.connect(),
                        PlasmaMessage.get(List.of(id, id)),
                        PlasmaMessage.createAndSeal(id, new byte[5]),
                        PlasmaMessage.delete(id))) {
            ByteBuffer bytes = message.bytes();
            assertThat(bytes.getLong(0)).isZero();
            assertThat(bytes.getLong(8)).isEqualTo(message.type());
            assertThat(bytes.getLong(16)).isEqualTo(bytes.remaining() - 24);
        }
    }
}
