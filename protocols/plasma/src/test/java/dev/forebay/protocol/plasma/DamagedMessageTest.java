package dev.forebay.protocol.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.error.Invalid;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Whatever a message holds, reading it gives a message or Invalid. {@code -Dtrials=} goes on for as
 * long as one likes: about 100 seeds a second.
 */
class DamagedMessageTest {
    private static final int MUTATIONS = 2_000;
    private static final int[] ODD = {0, 1, 2, 3, 4, 7, 20, 48, 127, 128, 254, 255};

    private int read;
    private int refused;

    private void request(MessageType type, byte[] body) {
        try {
            assertThat(RequestDecoder.decode(type, MemorySegment.ofArray(body))).isNotNull();
            read++;
        } catch (Invalid e) {
            refused++;
        }
    }

    private void reply(MessageType type, byte[] body) {
        try {
            assertThat(ReplyDecoder.decode(type, MemorySegment.ofArray(body))).isNotNull();
            read++;
        } catch (Invalid e) {
            refused++;
        }
    }

    @Test
    void everyTruncationIsRefusedOrRead() {
        for (Golden.Message message : Golden.REQUESTS) {
            for (int length = 0; length < message.body().length; length++) {
                request(message.type(), Arrays.copyOf(message.body(), length));
            }
        }
        for (Golden.Message message : Golden.REPLIES) {
            for (int length = 0; length < message.body().length; length++) {
                reply(message.type(), Arrays.copyOf(message.body(), length));
            }
        }
        assertThat(refused).isGreaterThan(read);
    }

    @Test
    void everyFlippedBitIsRefusedOrRead() {
        for (int bit = 0; bit < 8; bit++) {
            for (Golden.Message message : Golden.REQUESTS) {
                for (int at = 0; at < message.body().length; at++) {
                    request(message.type(), flipped(message.body(), at, bit));
                }
            }
            for (Golden.Message message : Golden.REPLIES) {
                for (int at = 0; at < message.body().length; at++) {
                    reply(message.type(), flipped(message.body(), at, bit));
                }
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] flipped(byte[] body, int at, int bit) {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << bit);
        return changed;
    }

    @SeededTest
    void randomChangesAreRefusedOrRead(long seed) {
        Generator generator = new Generator(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            request(
                    generator.pick(Golden.REQUESTS).type(),
                    mutated(generator, generator.pick(Golden.REQUESTS).body()));
            reply(
                    generator.pick(Golden.REPLIES).type(),
                    mutated(generator, generator.pick(Golden.REPLIES).body()));
        }
        assertThat(read + refused).isEqualTo(2 * MUTATIONS);
    }

    private static byte[] mutated(Generator generator, byte[] body) {
        byte[] changed = body.clone();
        for (int changes = generator.between(1, 4); changes > 0; changes--) {
            switch (generator.weighted(6, 2, 1)) {
                case 0 -> changed[generator.between(0, changed.length - 1)] = odd(generator);
                case 1 -> overwrite(generator, changed);
                default ->
                        changed = Arrays.copyOf(changed, generator.between(1, changed.length + 40));
            }
        }
        return changed;
    }

    /** Puts a number that is often just at, or just beyond, an end. */
    private static void overwrite(Generator generator, byte[] changed) {
        int value =
                generator.pick(
                        List.of(
                                -1,
                                Integer.MAX_VALUE,
                                Integer.MIN_VALUE,
                                changed.length,
                                changed.length - 4,
                                generator.between(-8, 64)));
        int at = generator.between(0, changed.length - 1);
        for (int i = 0; i < Integer.BYTES && at + i < changed.length; i++) {
            changed[at + i] = (byte) (value >>> (8 * i));
        }
    }

    private static byte odd(Generator generator) {
        return generator.chance(50)
                ? (byte) ODD[generator.between(0, ODD.length - 1)]
                : (byte) generator.between(0, 255);
    }
}
