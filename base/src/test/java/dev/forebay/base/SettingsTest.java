package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

class SettingsTest {
    private static Settings of(String key, String value) {
        return Settings.of(Map.of(key, value));
    }

    @Test
    void valuesAreReadInTheirUnits() {
        assertThat(of("a", " text ").text("a", "")).isEqualTo("text");
        assertThat(of("a", "64MB").size("a", new DataSize(1))).isEqualTo(new DataSize(64 << 20));
        assertThat(of("a", "500ms").duration("a", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(of("a", "2d").duration("a", Duration.ZERO)).isEqualTo(Duration.ofDays(2));
        assertThat(of("a", "7").number("a", 1, Settings.Range.PORT)).isEqualTo(7);
        assertThat(of("a", "True").flag("a", false)).isTrue();
        assertThat(of("a", "x, ,y").list("a", "")).containsExactly("x", "y");
        assertThat(of("a", "must-cache").constant("a", WriteType.THROUGH))
                .isEqualTo(WriteType.MUST_CACHE);
    }

    @Test
    void absentValuesAreStandardAndShown() {
        Settings settings = Settings.of(Map.of());
        assertThat(settings.number("a.number", 3, Settings.Range.PORT)).isEqualTo(3);
        assertThat(settings.duration("a.time", Duration.ofSeconds(90)))
                .isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.find("a.folder")).isEmpty();
        assertThat(settings.effective())
                .isEqualTo(Map.of("a.number", "3", "a.time", "90s", "a.folder", ""));
    }

    @Test
    void valuesThatCannotBeUsedNameTheirKey() {
        assertThatThrownBy(() -> of("a.port", "x").number("a.port", 1, Settings.Range.PORT))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("a.port=x");
        assertThatThrownBy(() -> of("a.port", "65536").number("a.port", 1, Settings.Range.PORT))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> of("a.time", "30").duration("a.time", Duration.ZERO))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("a.time=30");
        assertThatThrownBy(() -> of("a.flag", "yes").flag("a.flag", true))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void secretsAreReadButNotShown() {
        Settings settings = of("s3.secret-key", "hidden");
        assertThat(settings.text("s3.secret-key", "")).isEqualTo("hidden");
        assertThat(settings.effective()).containsEntry("s3.secret-key", "***");
    }

    @Test
    void unknownKeyNamesTheNearestKnownOne() {
        Settings settings = of("arena.capacty", "1GB");
        settings.size("arena.capacity", new DataSize(1));
        settings.text("node.host", "");
        assertThatThrownBy(settings::requireAllKnown)
                .isInstanceOf(Invalid.class)
                .hasMessage("unknown setting; did you mean arena.capacity?: arena.capacty");
    }
}
