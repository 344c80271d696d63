package dev.forebay.protocol.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

class PlasmaDigestTest {
    /** Digests are what pyarrow 11.0.0 gave for {@code client.hash} of such objects. */
    @ParameterizedTest
    @CsvSource({
        "0, 3, 3a37fdc210c9e6b6",
        "1, 0, 30e7211b8127418a",
        "3, 0, 01a114665442179e",
        "7, 5, ef8586ebc01b6cb4",
        "31, 0, 8e7b5245a3eba833",
        "32, 1, f33ce5370152ca70",
        "33, 40, de7c6e82f5ce1603",
        "100, 10, 380e7e521aff8e51",
        "1000, 0, 27fd96c68c6e3065",
        "1048575, 7, 3c4eeac37aef9211",
        "1048576, 0, 5192ec94ddd999f3",
        "1048577, 7, f52e221a2ef2bf76",
        "3000001, 100, 3a59815a874cd397",
        "8388608, 33, 492f7319d71ee03d"
    })
    void digestIsThatOfTheOfficialClient(int dataLength, int metadataLength, String expected) {
        byte[] data = new byte[dataLength];
        for (int i = 0; i < dataLength; i++) {
            data[i] = (byte) ((i * 31L + dataLength) % 251);
        }
        byte[] metadata = new byte[metadataLength];
        for (int i = 0; i < metadataLength; i++) {
            metadata[i] = (byte) (i * 7 + 1);
        }
        long digest = PlasmaDigest.of(MemorySegment.ofArray(data), MemorySegment.ofArray(metadata));
        assertThat(HexFormat.of().toHexDigits(Long.reverseBytes(digest))).isEqualTo(expected);
    }
}
