package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The configuration as flat keys and texts, read by the owners of the keys. Each reading method
 * notes the key and the value in force, so that {@link #requireAllKnown} can refuse keys that
 * nobody owns, and {@link #effective} can show what is in force.
 *
 * <p>Keys are lower-case words joined by dashes and dots, the owner first: {@code arena.capacity}.
 * Not safe for use by several threads.
 */
public final class Settings {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|h|d)");
    private static final Pattern SECRET = Pattern.compile("(secret|password|token|access-key)");

    private final Map<String, String> given;
    private final SortedMap<String, String> effective = new TreeMap<>();

    private Settings(Map<String, String> given) {
        this.given = Map.copyOf(given);
    }

    /** Settings with these values; later lookups see only these. */
    public static Settings of(Map<String, String> given) {
        return new Settings(given);
    }

    /** A text. */
    public String text(String key, String standard) {
        String value = given.getOrDefault(key, standard).strip();
        effective.put(key, SECRET.matcher(key).find() && !value.isEmpty() ? "***" : value);
        return value;
    }

    /** A text that may be absent. */
    public Optional<String> find(String key) {
        String value = text(key, "");
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /**
     * A size with a unit.
     *
     * @throws Invalid naming the key when the text is no size
     */
    public DataSize size(String key, DataSize standard) {
        return parsed(key, standard.toString(), DataSize::parse);
    }

    /**
     * A duration such as {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 2d}.
     *
     * @throws Invalid naming the key when the text is no duration
     */
    public Duration duration(String key, Duration standard) {
        return parsed(key, format(standard), Settings::parseDuration);
    }

    /**
     * A whole number.
     *
     * @throws Invalid naming the key when the text is no number or not in the range
     */
    public int number(String key, int standard, Range range) {
        int value = parsed(key, Integer.toString(standard), Integer::valueOf);
        if (value < range.min() || value > range.max()) {
            throw new Invalid(
                    "setting is not from " + range.min() + " to " + range.max(), key + "=" + value);
        }
        return value;
    }

    /**
     * The numbers a setting may have.
     *
     * @param min the least
     * @param max the greatest
     */
    public record Range(int min, int max) {
        /** Ports, 0 for any free one. */
        public static final Range PORT = new Range(0, 65_535);
    }

    /**
     * {@code true} or {@code false}.
     *
     * @throws Invalid naming the key when the text is neither
     */
    public boolean flag(String key, boolean standard) {
        return parsed(
                key,
                Boolean.toString(standard),
                text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new Invalid("neither true nor false", text);
                        });
    }

    /** Texts separated by commas; empty ones are dropped. */
    public List<String> list(String key, String standard) {
        return Arrays.stream(text(key, standard).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * A constant of an enum, in any case, with dashes for underscores.
     *
     * @throws Invalid naming the key when there is no such constant
     */
    public <E extends Enum<E>> E constant(String key, E standard) {
        return parsed(
                key,
                standard.name(),
                text ->
                        Enum.valueOf(
                                standard.getDeclaringClass(),
                                text.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    private <T> T parsed(String key, String standard, Function<String, T> parser) {
        String text = text(key, standard);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | Invalid e) {
            throw new Invalid("setting has a value that cannot be used", key + "=" + text, e);
        }
    }

    private static Duration parseDuration(String text) {
        var matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new Invalid("not a duration such as 30s", text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes % 60 != 0) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        return hours % 24 == 0 ? hours / 24 + "d" : hours + "h";
    }

    /** Every key read so far with the value in force; values of secrets are stars. */
    public SortedMap<String, String> effective() {
        return new TreeMap<>(effective);
    }

    /**
     * Requires that every key given was read by somebody.
     *
     * @throws Invalid naming the unknown key and the nearest known one
     */
    public void requireAllKnown() {
        for (String key : new TreeMap<>(given).keySet()) {
            if (!effective.containsKey(key)) {
                String nearest =
                        effective.keySet().stream()
                                .min(Comparator.comparingInt(known -> distance(key, known)))
                                .orElse("");
                throw new Invalid("unknown setting; did you mean " + nearest + "?", key);
            }
        }
    }

    /** The Levenshtein distance of two texts. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[right.length()];
    }
}
