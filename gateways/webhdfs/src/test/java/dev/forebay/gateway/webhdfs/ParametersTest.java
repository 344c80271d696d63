package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class ParametersTest {
    private static final List<String> WORDS = List.of("NONE", "OVERWRITE");

    private static Parameters parse(String query) {
        return Parameters.parse(Optional.of(query));
    }

    private static void assertIllegal(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        RemoteError.Refused.class,
                        e ->
                                assertThat(e.error().className())
                                        .isEqualTo("java.lang.IllegalArgumentException"));
    }

    @Test
    void namesAreInAnyCase() {
        Parameters parameters = parse("Op=open&USER.NAME=ann&a=&x");
        assertThat(parameters.text("op")).contains("open");
        assertThat(parameters.text("user.name")).contains("ann");
    }

    @Test
    void emptyValueCountsAsNone() {
        Parameters parameters = parse("permission=&length=&overwrite=&renameoptions=&x");
        assertThat(parameters.mode("permission")).isEmpty();
        assertThat(parameters.whole("length", 0)).isEmpty();
        assertThat(parameters.flag("overwrite", true)).isTrue();
        assertThat(parameters.words("renameoptions", WORDS)).isEmpty();
        assertThat(parameters.findAny("x")).contains("");
        assertThat(parameters.text("x")).isEmpty();
    }

    @Test
    void flags() {
        assertThat(parse("a=TRUE").flag("a", false)).isTrue();
        assertThat(parse("a=False").flag("a", true)).isFalse();
        assertIllegal(() -> parse("a=1").flag("a", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9223372036854775808", "0x10", "1e3"})
    void numbersThatAreNone(String text) {
        assertIllegal(() -> parse("a=" + text).whole("a", 0));
    }

    @Test
    void numbers() {
        assertThat(parse("a=9223372036854775807").whole("a", 0)).hasValue(Long.MAX_VALUE);
        assertThat(parse("a=-1").whole("a", -1)).hasValue(-1);
        assertThat(parse("replication=32767").replication()).hasValue(32767);
        assertIllegal(() -> parse("replication=0").replication());
        assertIllegal(() -> parse("replication=32768").replication());
    }

    @Test
    void modes() {
        assertThat(parse("a=755").mode("a")).hasValue(0755);
        assertThat(parse("a=0644").mode("a")).hasValue(0644);
        assertThat(parse("a=1777").mode("a")).hasValue(01777);
        assertThat(parse("a=0").mode("a")).hasValue(0);
        for (String text : List.of("2000", "8", "-1", "rwx", "37777777777")) {
            assertIllegal(() -> parse("a=" + text).mode("a"));
        }
    }

    @Test
    void words() {
        assertThat(parse("a=overwrite,None").words("a", WORDS))
                .containsExactly("OVERWRITE", "NONE");
        assertThat(parse("").words("a", WORDS)).isEmpty();
        assertIllegal(() -> parse("a=OVER").words("a", WORDS));
    }

    @Test
    void paths() {
        assertThat(parse("a=/x%20y/+z").path("a")).isEqualTo(FilePath.parse("/x y/ z"));
        assertThat(parse("a=/x,/y").paths("a"))
                .containsExactly(FilePath.parse("/x"), FilePath.parse("/y"));
        assertIllegal(() -> parse("a=x").path("a"));
        assertIllegal(() -> parse("a=/x/../y").path("a"));
        assertIllegal(() -> parse("").path("a"));
    }

    @Test
    void malformedEscapeIsRefused() {
        assertIllegal(() -> parse("a=%zz"));
    }
}
