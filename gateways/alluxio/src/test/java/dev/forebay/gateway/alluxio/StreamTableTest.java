package dev.forebay.gateway.alluxio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.CreateOptions;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Duration;

class StreamTableTest {
    private static final Principal CALLER = Principal.node("ann");

    private final MovedClock clock = new MovedClock();
    private final MemoryFileEngine engine = new MemoryFileEngine();
    private final StreamTable streams = new StreamTable(2, Duration.ofHours(1), clock);

    @Test
    void idleWriterIsCompletedWithWhatItHas() {
        int id = writer("/f");
        clock.move(Duration.ofMinutes(59));
        streams.expire();
        assertThat(completed("/f")).isFalse();
        clock.move(Duration.ofMinutes(1));
        streams.expire();
        assertThat(completed("/f")).isTrue();
        assertMissing(id);
    }

    @Test
    void touchedStreamLives() {
        int id = reader("/f");
        clock.move(Duration.ofMinutes(50));
        streams.load(Integer.toString(id));
        clock.move(Duration.ofMinutes(50));
        streams.expire();
        assertThat(streams.count()).isEqualTo(1);
        clock.move(Duration.ofMinutes(10));
        streams.expire();
        assertMissing(id);
    }

    @Test
    void writerThatCannotBeCompletedIsTriedAgainLater() {
        writer("/f");
        engine.unreachable = true;
        clock.move(Duration.ofHours(2));
        streams.expire();
        assertThat(streams.count()).isEqualTo(1);
        engine.unreachable = false;
        streams.expire();
        assertThat(streams.count()).isEqualTo(1);
        clock.move(Duration.ofHours(1));
        streams.expire();
        assertThat(streams.count()).isZero();
        assertThat(completed("/f")).isTrue();
    }

    @Test
    void failedOpenTakesNoRoom() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(
                            () ->
                                    streams.add(
                                            () -> {
                                                throw new NotFound("path does not exist", "/f");
                                            }))
                    .isInstanceOf(NotFound.class);
        }
        writer("/a");
        writer("/b");
        assertThatThrownBy(() -> writer("/c")).isInstanceOf(AlluxioError.Refused.class);
    }

    @Test
    void stopLeavesUnfinishedFilesIncomplete() {
        writer("/f");
        reader("/g");
        streams.abandon();
        assertThat(streams.count()).isZero();
        assertThat(completed("/f")).isFalse();
    }

    @Test
    void numbersGoUpFromOne() {
        assertThat(writer("/a")).isEqualTo(1);
        streams.close("1");
        assertThat(writer("/b")).isEqualTo(2);
        assertMissing(1);
    }

    private int writer(String path) {
        FilePath file = FilePath.parse(path);
        return streams.add(
                () -> new OpenWriter(engine.create(CALLER, file, CreateOptions.DEFAULT)));
    }

    private int reader(String path) {
        engine.put(path, ByteBuffer.allocate(3));
        FilePath file = FilePath.parse(path);
        return streams.add(() -> new OpenReader(engine.open(CALLER, file, ReadType.CACHE)));
    }

    private boolean completed(String path) {
        return engine.stat(CALLER, FilePath.parse(path), MetadataLoad.ONCE).completed();
    }

    private void assertMissing(int id) {
        assertThatThrownBy(() -> streams.load(Integer.toString(id)))
                .isInstanceOf(AlluxioError.Refused.class)
                .hasMessage("stream does not exist");
    }
}
