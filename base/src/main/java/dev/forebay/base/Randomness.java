package dev.forebay.base;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The only source of random numbers, so that one seed replays a run. */
public final class Randomness {
    private final RandomGenerator generator;

    private Randomness(RandomGenerator generator) {
        this.generator = generator;
    }

    /**
     * A source that always gives the same numbers for the same seed. Not safe for use by several
     * threads.
     */
    public static Randomness seeded(long seed) {
        return new Randomness(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    /** A source that nobody can predict, safe for use by several threads. */
    public static Randomness secure() {
        return new Randomness(new java.security.SecureRandom());
    }

    /** Any 64 bits. */
    public long nextLong() {
        return generator.nextLong();
    }

    /**
     * A number from 0 to {@code bound - 1}.
     *
     * @param bound 1 to 2^31-1
     */
    public int below(int bound) {
        return generator.nextInt(bound);
    }

    /**
     * Random bytes.
     *
     * @param length 0 to 2^31-1
     */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        generator.nextBytes(bytes);
        return bytes;
    }
}
