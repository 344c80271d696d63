package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

class HeadroomTest {
    private static final long MB = 1 << 20;

    private final AtomicLong usable = new AtomicLong(100 * MB);
    private final AtomicLong questions = new AtomicLong();
    private final Headroom headroom =
            new Headroom(
                    () -> {
                        questions.incrementAndGet();
                        return usable.get();
                    },
                    60 * MB);

    private void write(long bytes) {
        headroom.take(bytes, "f");
        usable.addAndGet(-bytes);
    }

    @Test
    void reserveIsNeverTaken() {
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                write(MB);
                            }
                        })
                .isInstanceOf(OutOfSpace.class);
        assertThat(usable).hasValue(60 * MB);
        assertThat(headroom.free()).isZero();
        assertThatThrownBy(() -> headroom.take(1, "f")).isInstanceOf(OutOfSpace.class);
    }

    @Test
    void roomThatCameBackIsGiven() {
        usable.set(0);
        assertThatThrownBy(() -> write(1)).isInstanceOf(OutOfSpace.class);
        usable.set(100 * MB);
        write(40 * MB);
        assertThatThrownBy(() -> write(1)).isInstanceOf(OutOfSpace.class);
    }

    @Test
    void diskIsNotAskedEachTime() {
        for (int i = 0; i < 1_000; i++) {
            write(1_000);
        }
        assertThat(questions).hasValueLessThan(5);
    }
}
