package dev.forebay.testkit;

import dev.forebay.base.Randomness;

import java.util.List;

/** Makes values for tests from a seed. Not safe for use by several threads. */
public final class Generator {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private final Randomness randomness;

    /** A generator that always gives the same values for the same seed. */
    public Generator(long seed) {
        this.randomness = Randomness.seeded(seed);
    }

    /** The source of the values. */
    public Randomness randomness() {
        return randomness;
    }

    /** A number from {@code min} to {@code max}, both included. */
    public int between(int min, int max) {
        return min + randomness.below(max - min + 1);
    }

    /**
     * A length from 0 to {@code max} that is often small, often near a multiple of {@code unit},
     * and sometimes anything.
     */
    public int length(int max, int unit) {
        int length =
                switch (randomness.below(3)) {
                    case 0 -> between(0, 16);
                    case 1 -> between(0, max / unit) * unit + between(-2, 2);
                    default -> between(0, max);
                };
        return Math.clamp(length, 0, max);
    }

    /** True in {@code percent} of 100 cases. */
    public boolean chance(int percent) {
        return randomness.below(100) < percent;
    }

    /** One element; the list must not be empty. */
    public <T> T pick(List<T> elements) {
        return elements.get(randomness.below(elements.size()));
    }

    /**
     * An index into {@code weights}, each as likely as its weight.
     *
     * @param weights 0 or more each, not all 0
     */
    public int weighted(int... weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int rest = randomness.below(total);
        int index = 0;
        while (rest >= weights[index]) {
            rest -= weights[index++];
        }
        return index;
    }

    /** Random bytes. */
    public byte[] bytes(int length) {
        return randomness.bytes(length);
    }

    /** Small letters and digits. */
    public String letters(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(randomness.below(LETTERS.length())));
        }
        return text.toString();
    }
}
