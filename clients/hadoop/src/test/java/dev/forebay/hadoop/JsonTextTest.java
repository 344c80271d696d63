package dev.forebay.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class JsonTextTest {
    @Test
    void everyKindOfValueIsRead() {
        String text =
                " {\"a\" : [1, -2.5e3,true ,null],\"b\":{},\"c\":[ ],"
                        + "\"d\\\"\\u00e4\":\"\\\\ \\n\\/\"} ";
        assertThat(JsonText.object(text))
                .isEqualTo(
                        Map.of(
                                "a", List.of("1", "-2.5e3", "true", "null"),
                                "b", Map.of(),
                                "c", List.of(),
                                "d\"ä", "\\ \n/"));
    }

    @Test
    void otherKindsThanExpectedAreEmpty() {
        assertThat(JsonText.object("[1]")).isEmpty();
        assertThat(JsonText.asList(Map.of())).isEmpty();
    }

    @Test
    void whatIsNotJsonIsRefused() {
        String whole = "{\"a\":[1,{\"b\":\"c\\u0041\"}]}";
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> JsonText.parse(part))
                    .as(part)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String bad :
                List.of("{} x", "[1 2]", "{\"a\" 1}", "{a:1}", "\"\\uxyzw\"", "[".repeat(9_999))) {
            assertThatThrownBy(() -> JsonText.parse(bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
