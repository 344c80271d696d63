package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Internal;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class CloserTest {
    private final List<String> closed = new ArrayList<>();
    private final Closer closer = new Closer();

    private void register(String name) {
        closer.register(() -> closed.add(name));
    }

    @Test
    void closesInReverseOrderOnce() {
        register("a");
        register("b");
        closer.close();
        closer.close();
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void closesAllWhenSomeFail() {
        IOException cause = new IOException("first");
        register("a");
        closer.register(
                () -> {
                    throw new IllegalStateException("second");
                });
        register("b");
        closer.register(
                () -> {
                    throw cause;
                });
        assertThatThrownBy(closer::close)
                .isInstanceOf(Internal.class)
                .hasCause(cause)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("b", "a");
    }

    @Test
    void closingThatIsInterruptedLeavesTheThreadInterrupted() {
        closer.register(
                () -> {
                    throw new InterruptedException();
                });
        assertThatThrownBy(closer::close).isInstanceOf(Internal.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
