package dev.forebay.testkit;

import dev.forebay.base.Randomness;

/** How much of what was not synced is there after a crash. */
enum Survival {
    NOTHING,
    EVERYTHING,
    MIXED;

    static Survival any(Randomness randomness) {
        return values()[randomness.below(values().length)];
    }

    boolean keeps(Randomness randomness) {
        return switch (this) {
            case NOTHING -> false;
            case EVERYTHING -> true;
            case MIXED -> randomness.below(2) == 0;
        };
    }
}
