package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 64KB}, {@code 8GB}, {@code 1048576}. Units are
 * powers of 1024.
 *
 * @param bytes 0 to 2^63-1
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\s*([a-z]*)");
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB", "EB");
    private static final Map<String, Integer> SHIFTS =
            Map.ofEntries(
                    Map.entry("", 0),
                    Map.entry("b", 0),
                    Map.entry("k", 10),
                    Map.entry("kb", 10),
                    Map.entry("kib", 10),
                    Map.entry("m", 20),
                    Map.entry("mb", 20),
                    Map.entry("mib", 20),
                    Map.entry("g", 30),
                    Map.entry("gb", 30),
                    Map.entry("gib", 30),
                    Map.entry("t", 40),
                    Map.entry("tb", 40),
                    Map.entry("tib", 40));

    /** Checks the range. */
    public DataSize {
        if (bytes < 0) {
            throw new Invalid("a size must not be negative", bytes);
        }
    }

    /**
     * Reads a size.
     *
     * @param text digits and an optional unit (b, kb, mb, gb, tb in any case)
     * @throws Invalid when the text is anything else or over 2^63-1
     */
    public static DataSize parse(String text) {
        var matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        Integer shift = matcher.matches() ? SHIFTS.get(matcher.group(2)) : null;
        if (shift == null) {
            throw new Invalid("not a size such as 64MB", text);
        }
        long count = Long.parseLong(matcher.group(1));
        if (count > Long.MAX_VALUE >> shift) {
            throw new Invalid("a size over 2^63-1", text);
        }
        return new DataSize(count << shift);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /**
     * The size in the largest unit that it has one of, with two decimals unless it is exact: {@code
     * 5 B}, {@code 3 MB}, {@code 1.50 KB}.
     */
    public String rounded() {
        int unit = (Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(bytes, 1))) / 10;
        long one = 1L << (10 * unit);
        if (bytes % one == 0) {
            return bytes / one + " " + UNITS.get(unit);
        }
        String number = String.format(Locale.ROOT, "%.2f", (double) bytes / one);
        return number.equals("1024.00")
                ? "1.00 " + UNITS.get(unit + 1)
                : number + " " + UNITS.get(unit);
    }

    /** The shortest exact form, such as {@code 64MB}. */
    @Override
    public String toString() {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        long count = bytes;
        int unit = 0;
        while (count != 0 && count % 1024 == 0 && unit < units.length - 1) {
            count /= 1024;
            unit++;
        }
        return count + units[unit];
    }
}
