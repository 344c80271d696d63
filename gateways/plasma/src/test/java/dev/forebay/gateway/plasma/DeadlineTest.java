package dev.forebay.gateway.plasma;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final long MILLI = 1_000_000;

    @Test
    void restIsRoundedUp() {
        Deadline deadline = Deadline.after(-5, 10);
        assertThat(deadline.remainingMillis(-5)).isEqualTo(10);
        assertThat(deadline.remainingMillis(-5 + 9 * MILLI + 1)).isEqualTo(1);
        assertThat(deadline.remainingMillis(-5 + 10 * MILLI)).isZero();
        assertThat(deadline.remainingMillis(1_000 * MILLI)).isZero();
    }

    @Test
    void negativeWaitsForEver() {
        assertThat(Deadline.after(0, -1).remainingMillis(Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(Deadline.after(0, Long.MIN_VALUE).remainingMillis(0)).isEqualTo(-1);
    }

    @Test
    void longWaitsAreCutIntoPieces() {
        assertThat(Deadline.after(0, 1L << 40).remainingMillis(0)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Deadline.after(0, Long.MAX_VALUE).remainingMillis(0)).isEqualTo(-1);
    }
}
