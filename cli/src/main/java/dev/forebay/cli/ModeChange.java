package dev.forebay.cli;

import dev.forebay.client.Mode;

import picocli.CommandLine.TypeConversionException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A change of permissions as chmod writes it.
 *
 * @param absolute the mode to set; absent for changes
 * @param steps the changes, in order
 */
record ModeChange(Optional<Mode> absolute, List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("([ugoa]*)([-+=])([rwxX]*)");

    /** Copies the steps. */
    ModeChange {
        steps = List.copyOf(steps);
    }

    /** One change: for whom, what to do, which permissions. */
    record Step(String who, String action, String what) {}

    static ModeChange parse(String text) {
        if (text.matches("0?[0-7]{1,3}")) {
            return new ModeChange(Optional.of(Mode.parse(text)), List.of());
        }
        List<Step> steps = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            var matcher = STEP.matcher(part);
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not a mode such as 755 or u+rwx,go-w");
            }
            steps.add(new Step(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return new ModeChange(Optional.empty(), steps);
    }

    /** The mode after the change. */
    Mode apply(Mode before, boolean directory) {
        int mode = before.octal();
        for (Step step : steps) {
            mode = apply(step, mode, directory);
        }
        return absolute.orElse(Mode.of(mode));
    }

    private static int apply(Step step, int mode, boolean directory) {
        int bits = 0;
        for (char c : step.what().toCharArray()) {
            bits |=
                    switch (c) {
                        case 'r' -> 4;
                        case 'w' -> 2;
                        case 'x' -> 1;
                        default -> directory || (mode & 0111) != 0 ? 1 : 0;
                    };
        }
        int classes = classes(step.who());
        int mask = bits * classes;
        return switch (step.action()) {
            case "+" -> mode | mask;
            case "-" -> mode & ~mask;
            default -> (mode & ~(7 * classes)) | mask;
        };
    }

    /** One bit at the place of each class. */
    private static int classes(String who) {
        if (who.isEmpty() || who.contains("a")) {
            return 0111;
        }
        return (who.contains("u") ? 0100 : 0)
                | (who.contains("g") ? 0010 : 0)
                | (who.contains("o") ? 0001 : 0);
    }
}
