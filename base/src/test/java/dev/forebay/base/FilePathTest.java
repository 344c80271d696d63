package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class FilePathTest {
    private final FilePath path = FilePath.parse("/a/b/c");

    @ParameterizedTest
    @ValueSource(strings = {"/a/b/c", "//a/b//c", "/a/b/c/", "/a/b/c//"})
    void slashesAreMadeSingle(String text) {
        assertThat(FilePath.parse(text)).isEqualTo(path);
        assertThat(FilePath.parse(text)).hasToString("/a/b/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a/b", "/a/../b", "/.", "/a/./b", "/..", "/a\0b"})
    void whatIsNoPathIsRefused(String text) {
        assertThatThrownBy(() -> FilePath.parse(text)).isInstanceOf(Invalid.class);
    }

    @Test
    void namesOfDotsBeyondTwoAreAllowed() {
        assertThat(FilePath.parse("/.../.a/..b")).hasToString("/.../.a/..b");
    }

    @Test
    void lengthIsBounded() {
        String name = "a".repeat(255);
        assertThat(FilePath.parse("/" + name).depth()).isEqualTo(1);
        assertThatThrownBy(() -> FilePath.parse("/" + name + "a")).isInstanceOf(Invalid.class);
        String full = ("/" + name).repeat(32);
        assertThat(full).hasSize(FilePath.LENGTH_MAX);
        assertThat(FilePath.parse(full).depth()).isEqualTo(32);
        assertThatThrownBy(() -> FilePath.parse(full + "/")).isInstanceOf(Invalid.class);
        // 8193 bytes but only some 4000 characters
        assertThatThrownBy(() -> FilePath.parse("/" + "\u00e4/".repeat(2731)))
                .isInstanceOf(Invalid.class);
        byte[] damaged = new byte[FilePath.LENGTH_MAX + 1];
        Arrays.fill(damaged, (byte) 0xf0);
        damaged[0] = '/';
        assertThatThrownBy(() -> FilePath.parse(damaged)).isInstanceOf(Invalid.class);
    }

    @Test
    void rootIsThePathWithoutNames() {
        assertThat(FilePath.parse("//")).isEqualTo(FilePath.ROOT);
        assertThat(FilePath.ROOT.isRoot()).isTrue();
        assertThat(FilePath.ROOT).hasToString("/");
        assertThat(FilePath.ROOT.depth()).isZero();
        assertThatThrownBy(FilePath.ROOT::name).isInstanceOf(Invalid.class);
        assertThatThrownBy(FilePath.ROOT::parent).isInstanceOf(Invalid.class);
    }

    @Test
    void parentChildAndPrefixAgree() {
        assertThat(path.name()).isEqualTo(Name.of("c"));
        assertThat(path.parent()).hasToString("/a/b");
        assertThat(path.parent().child(Name.of("c"))).isEqualTo(path);
        assertThat(path.prefix(0)).isEqualTo(FilePath.ROOT);
        assertThat(path.prefix(1)).hasToString("/a");
        assertThat(path.prefix(3)).isEqualTo(path);
        assertThat(path.isRoot()).isFalse();
    }

    @Test
    void containsComparesWholeNames() {
        assertThat(FilePath.parse("/a").contains(path)).isTrue();
        assertThat(path.contains(path)).isTrue();
        assertThat(FilePath.ROOT.contains(path)).isTrue();
        assertThat(FilePath.parse("/a/b").contains(FilePath.parse("/a/bc"))).isFalse();
        assertThat(path.contains(FilePath.parse("/a"))).isFalse();
    }

    @Test
    void relativizeUndoesResolve() {
        FilePath relative = FilePath.parse("/x/y");
        FilePath resolved = path.resolve(relative);
        assertThat(resolved).hasToString("/a/b/c/x/y");
        assertThat(path.relativize(resolved)).isEqualTo(relative);
        assertThat(path.relativize(path)).isEqualTo(FilePath.ROOT);
        assertThatThrownBy(() -> relative.relativize(path)).isInstanceOf(Invalid.class);
    }

    @Test
    void bytesThatAreNotUtf8AreKept() {
        byte[] bytes = {'/', 'a', (byte) 0xff};
        FilePath strange = FilePath.parse(bytes);
        assertThat(strange.name().bytes()).containsExactly('a', (byte) 0xff);
        assertThat(FilePath.parse(strange.toString())).isEqualTo(strange);
    }
}
