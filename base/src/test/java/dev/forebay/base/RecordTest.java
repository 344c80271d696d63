package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Corrupt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HexFormat;

/** {@link RecordWriter} and {@link RecordReader} against each other and the published encoding. */
class RecordTest {
    @Test
    void bytesAreThoseOfProtocolBuffers() {
        // protobuf.dev/programming-guides/encoding: 150 in field 1, "testing" in field 2
        byte[] record = new RecordWriter().number(1, 150).text(2, "testing").toBytes();
        assertThat(HexFormat.of().formatHex(record)).isEqualTo("089601120774657374696e67");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1, 127, 128, -64, 64, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbersAreReadBack(long value) {
        byte[] bytes = new RecordWriter().number(1, value).signed(2, value).toBytes();
        RecordReader record = new RecordReader(bytes);
        assertThat(record.next()).isEqualTo(1);
        assertThat(record.number()).isEqualTo(value);
        assertThat(record.next()).isEqualTo(2);
        assertThat(record.signed()).isEqualTo(value);
        assertThat(record.next()).isZero();
        assertThat(record.next()).isZero();
    }

    @Test
    void highestFieldNumberIsReadBack() {
        RecordReader record =
                new RecordReader(new RecordWriter().flag((1 << 29) - 1, true).toBytes());
        assertThat(record.next()).isEqualTo((1 << 29) - 1);
        assertThat(record.flag()).isTrue();
    }

    @Test
    void defaultsAreLeftOutButNotElements() {
        RecordWriter writer = new RecordWriter();
        writer.number(1, 0).signed(2, 0).flag(3, false).text(4, "").bytes(5, new byte[0]);
        assertThat(writer.toBytes()).isEmpty();
        RecordReader record = new RecordReader(writer.element(6, new byte[0]).toBytes());
        assertThat(record.next()).isEqualTo(6);
        assertThat(record.bytes()).isEmpty();
    }

    @Test
    void unknownFieldsAreSkipped() {
        byte[] bytes =
                new RecordWriter().bytes(9, new byte[300]).number(8, 5).text(1, "x").toBytes();
        RecordReader record = new RecordReader(bytes);
        int field;
        do {
            field = record.next();
        } while (field != 1);
        assertThat(record.text()).isEqualTo("x");
    }

    @Test
    void everyCutIsCorruptOrShorter() {
        byte[] bytes = new RecordWriter().number(1, 300).text(2, "hello").toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length == 0 || length == 3) {
                assertThat(fields(cut)).isEqualTo(length == 0 ? 0 : 1);
            } else {
                assertThatThrownBy(() -> fields(cut)).isInstanceOf(Corrupt.class);
            }
        }
    }

    private static int fields(byte[] bytes) {
        RecordReader record = new RecordReader(bytes);
        int count = 0;
        while (record.next() != 0) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0b", // group
                "0d01020304", // 32 bits
                "0000", // field 0
                "0a05", // length beyond the end
                "0affffffffffffffffff01", // length -1
                "08ffffffffffffffffffff01", // number of eleven bytes
                "f8ffffffffffffffff0100" // field number beyond 2^29-1
            })
    void whatIsNoRecordIsCorrupt(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> fields(bytes)).isInstanceOf(Corrupt.class);
    }
}
