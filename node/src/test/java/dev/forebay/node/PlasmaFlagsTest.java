package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

/** The flags of the store, in every form that gflags takes. */
class PlasmaFlagsTest {
    private static PlasmaFlags parse(String line) {
        return PlasmaFlags.parse(List.of(line.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-m 5 -s /a/b",
                "--m 5 --s /a/b",
                "-m=5 --s=/a/b",
                "-s /x -m=9 -m 5 -s=/a/b"
            })
    void oneDashOrTwoAndAnEqualsSignOrNone(String line) {
        PlasmaFlags flags = parse(line);
        assertThat(flags.capacity()).isEqualTo(5);
        assertThat(flags.socket()).isEqualTo(Path.of("/a/b"));
        assertThat(flags.folder()).isEmpty();
        assertThat(flags.external()).isEmpty();
        assertThat(flags.hugePages()).isFalse();
    }

    @Test
    void theOthersMayBeGiven() {
        PlasmaFlags flags = parse("-h -d /huge -e hashtable://a=b -m 5 -s s");
        assertThat(flags.hugePages()).isTrue();
        assertThat(flags.folder()).contains(Path.of("/huge"));
        assertThat(flags.external()).contains("hashtable://a=b");
        assertThat(flags.spill()).isEmpty();
        assertThat(parse("-m 5 -s s -e file:///a/b").spill()).contains(Path.of("/a/b"));
        assertThat(parse("-m 5 -s s -e file://a").spill()).isEmpty();
        assertThat(parse("-m 5 -s s -d /huge --h=1").hugePages()).isTrue();
        assertThat(parse("-m 5 -s s -h -noh").hugePages()).isFalse();
        assertThat(parse("-m 5 -s s -h=false").hugePages()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-m 5",
                "-s s",
                "-m 100M -s s",
                "-m -5 -s s",
                "-m 0x10 -s s",
                "-m= -s s",
                "-m 99999999999999999999 -s s",
                "-m 5 -s",
                "-m 5 -s s -h",
                "-m 5 -s s -h=perhaps",
                "-m 5 -s s -x 1",
                "-m 5 -s s ---m 5",
                "-m 5 -s s more",
                "-m 5 -s s --"
            })
    void whatMakesNoSenseIsRefused(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(Invalid.class);
    }
}
