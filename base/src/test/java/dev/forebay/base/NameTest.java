package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "/", "a/b", "a\0"})
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> Name.of(text)).isInstanceOf(Invalid.class);
    }

    @Test
    void lengthIsCountedInBytes() {
        assertThat(Name.of("\u00e4".repeat(127)).length()).isEqualTo(254);
        assertThatThrownBy(() -> Name.of("\u00e4".repeat(128))).isInstanceOf(Invalid.class);
    }

    @Test
    void orderIsThatOfUnsignedBytes() {
        Name high = Name.of(new byte[] {(byte) 0xff});
        assertThat(Name.of("z")).isLessThan(high);
        assertThat(Name.of("a")).isLessThan(Name.of("aa"));
        assertThat(Name.of("a")).isEqualByComparingTo(Name.of("a"));
    }

    @Test
    void bytesAreCopied() {
        byte[] source = {'x', 'a', 'b', 'y'};
        Name name = Name.of(source, 1, 3);
        source[1] = '!';
        name.bytes()[0] = '!';
        assertThat(name).hasToString("ab").isEqualTo(Name.of("ab"));
        assertThat(name).hasSameHashCodeAs(Name.of("ab"));
        byte[] target = new byte[4];
        name.copyTo(target, 1);
        assertThat(target).containsExactly(0, 'a', 'b', 0);
    }
}
