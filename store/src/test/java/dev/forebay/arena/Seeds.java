package dev.forebay.arena;

import java.util.stream.LongStream;

/** The seeds of model tests: 20 fixed ones, or the one of {@code -Dseed=}. */
final class Seeds {
    private static final int COUNT = 20;

    private Seeds() {}

    static LongStream all() {
        Long seed = Long.getLong("seed");
        return seed == null ? LongStream.range(0, COUNT) : LongStream.of(seed);
    }
}
