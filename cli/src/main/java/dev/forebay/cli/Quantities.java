package dev.forebay.cli;

import dev.forebay.base.DataSize;
import dev.forebay.base.error.Invalid;

import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Sizes and durations as people write and read them. */
final class Quantities {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d|w)");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1),
                    "w", Duration.ofDays(7));

    private Quantities() {}

    /** Reads bytes such as {@code 64MB}. */
    static long size(String text) {
        try {
            return DataSize.parse(text).bytes();
        } catch (Invalid e) {
            throw new TypeConversionException("'" + text + "' is not a size such as 64MB");
        }
    }

    /** Reads milliseconds such as {@code 30s}, {@code 10m}, {@code 7d}. */
    static long millis(String text) {
        var matcher = DURATION.matcher(text);
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new TypeConversionException(
                    "'" + text + "' is not a duration such as 30s, 10m, 2h or 7d");
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit.toMillis());
    }

    /** Bytes with a unit of 1024, such as {@code 1.4G}. */
    static String people(long bytes) {
        if (bytes < 1024) {
            return bytes + "B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1023.95 && unit < 5) {
            value /= 1024;
            unit++;
        }
        return String.format(
                Locale.ROOT, value < 99.95 ? "%.1f%s" : "%.0f%s", value, "KMGTPE".charAt(unit));
    }

    /** Seconds as {@code 4s}, {@code 3m20s} or {@code 5h07m}. */
    static String span(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3600
                ? String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh%02dm", seconds / 3600, seconds / 60 % 60);
    }
}
