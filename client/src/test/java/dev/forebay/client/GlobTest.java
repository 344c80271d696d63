package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a/* /a/b true",
                "/a/* /a/b/c false",
                "/a/* /a false",
                "/a/*.txt /a/.txt true",
                "/a/?.txt /a/b.txt true",
                "/a/?.txt /a/bb.txt false",
                "/[a-c]x /bx true",
                "/[!a-c]x /bx false",
                "/[^a-c]x /dx true",
                "/[]a]x /]x true",
                "/[a-]x /-x true",
                "/** / true",
                "/**/c /c true",
                "/**/c /a/b/c true",
                "/a/**/c /a/c true",
                "/a/**/c /b/c false",
                "/a/** /a/b/c true",
                "/a**b /axxb true",
                "/a**b /ax/xb false",
                "/\\*a /*a true",
                "/\\*a /xa false",
                "/a.b /axb false",
                "/a(b)+{c}$^| /a(b)+{c}$^| true",
                "//a//b/ /a/b true"
            })
    void patternsMatch(String pattern, String path, boolean matches) {
        assertThat(Glob.matches(pattern, path)).isEqualTo(matches);
    }

    @Test
    void aNewlineIsACharacterOfAName() {
        assertThat(Glob.matches("/a*b", "/a\nb")).isTrue();
    }

    @Test
    void aSetMustBeClosed() {
        assertThatThrownBy(() -> Glob.matches("/[a", "/a"))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void plainPathsAreNoPatterns() {
        assertThat(Glob.isPattern("/a b+{c}")).isFalse();
        assertThat(Glob.isPattern("/a?")).isTrue();
    }
}
