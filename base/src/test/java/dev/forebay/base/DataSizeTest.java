package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "5, 5 B",
        "1023, 1023 B",
        "1024, 1 KB",
        "1536, 1.50 KB",
        "3145728, 3 MB",
        "4194303, 4.00 MB",
        "1048575, 1.00 MB",
        "1099511627776, 1 TB",
        "9223372036854775807, 8.00 EB"
    })
    void theLargestUnitIsRounded(long bytes, String text) {
        assertThat(new DataSize(bytes).rounded()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1048576,1048576",
        "7b,7",
        "64KB,65536",
        "64 kib,65536",
        "' 3m ',3145728",
        "8GB,8589934592",
        "1T,1099511627776",
        "8388607T,9223370937343148032"
    })
    void sizesAreRead(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MB", "-1", "1.5GB", "1XB", "1 M B", "8388608T", "1e3"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1023, 1024, 65536, 1L << 20, 3L << 30, 1L << 50, Long.MAX_VALUE})
    void textIsReadBackExactly(long bytes) {
        DataSize size = new DataSize(bytes);
        assertThat(size.toString()).doesNotContain(" ");
        if (bytes < 1_000_000_000_000_000_000L) {
            assertThat(DataSize.parse(size.toString())).isEqualTo(size);
        }
    }

    @Test
    void textIsTheShortestExactForm() {
        assertThat(new DataSize(64L << 20)).hasToString("64MB");
        assertThat(new DataSize(1025)).hasToString("1025B");
        assertThat(new DataSize(0)).hasToString("0B");
        assertThat(new DataSize(1)).isLessThan(new DataSize(2));
        assertThatThrownBy(() -> new DataSize(-1)).isInstanceOf(Invalid.class);
    }
}
