package dev.forebay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class ManualClockTest {
    private final ManualClock clock = new ManualClock(1000);

    @Test
    void movesOnlyWhenMoved() throws InterruptedException {
        assertThat(clock.millis()).isEqualTo(1000);
        clock.advance(Duration.ofMillis(5));
        clock.sleep(Duration.ofMillis(7));
        clock.sleep(Duration.ofMillis(-7));
        assertThat(clock.millis()).isEqualTo(1012);
        assertThat(clock.nanos()).isEqualTo(12_000_000);
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }

    @Test
    void sleepOfInterruptedThreadThrows() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> clock.sleep(Duration.ofMillis(1)))
                .isInstanceOf(InterruptedException.class);
        assertThat(clock.millis()).isEqualTo(1000);
    }
}
