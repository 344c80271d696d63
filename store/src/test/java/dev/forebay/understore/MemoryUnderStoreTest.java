package dev.forebay.understore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;

import java.util.Map;

class MemoryUnderStoreTest extends UnderStoreContract {
    private final MemoryUnderStoreFactory factory =
            new MemoryUnderStoreFactory(Clock.system(), DataSize.parse("64MB"));

    @Override
    protected UnderStore openStore() {
        return factory.open("memory://place", Map.of());
    }

    @Test
    void placeOutlivesItsClosing() {
        put("/file", "x");
        store().close();

        assertThat(factory.open("memory://place", Map.of()).stat(path("/file"))).isPresent();
        assertThat(factory.open("memory://other", Map.of()).stat(path("/file"))).isEmpty();
    }

    @Test
    void fullPlaceTakesNothingMoreUntilSomethingIsDeleted() {
        MemoryUnderStore small =
                new MemoryUnderStore("memory://small", Clock.system(), new DataSize(3));
        try (UnderWriter writer = small.create(path("/a"))) {
            writer.write(java.nio.ByteBuffer.wrap(new byte[3]));
            writer.commit();
        }
        UnderWriter writer = small.create(path("/b"));
        writer.write(java.nio.ByteBuffer.wrap(new byte[1]));

        assertThatThrownBy(writer::commit).isInstanceOf(OutOfSpace.class);
        assertThat(small.delete(path("/a"))).isTrue();
        assertThat(writer.commit().length()).isEqualTo(1);
    }

    @Test
    void uriMustNameAPlace() {
        assertThatThrownBy(() -> factory.open("memory://", Map.of())).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> factory.open("memory://a/b", Map.of()))
                .isInstanceOf(Invalid.class);
    }
}
