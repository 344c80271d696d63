package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** A reader against an array, with ranges and without. */
class AlluxioReaderTest {
    private static final int LENGTH = 3 * 512 * 1024 + 17;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyOrderOfReadsGivesTheBytesOfTheFile(boolean ranges) throws IOException {
        long only = Long.getLong("seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? 20 : only); seed++) {
            Randomness randomness = Randomness.seeded(seed);
            byte[] bytes = randomness.bytes(LENGTH);
            try (FakeProxy proxy = new FakeProxy(ranges);
                    FileClient files = FileClient.connect(proxy.uri())) {
                proxy.put("/f", bytes);
                compare(files, bytes, randomness, seed);
            }
        }
    }

    private static void compare(FileClient files, byte[] bytes, Randomness randomness, long seed) {
        try (FileReader reader = files.open("/f")) {
            assertThat(reader.length()).isEqualTo(LENGTH);
            for (int step = 0; step < 8; step++) {
                int from = randomness.below(LENGTH + 10);
                ByteBuffer target = ByteBuffer.allocate(1 + randomness.below(5000));
                long before = reader.position();
                int count = reader.readAt(from, target);
                assertThat(reader.position()).isEqualTo(before);
                assertThat(Arrays.copyOf(target.array(), count))
                        .as("seed %d readAt %d", seed, from)
                        .isEqualTo(slice(bytes, from, target.capacity()));
                reader.seek(randomness.below(3) == 0 ? from : before + randomness.below(9000));
                long position = reader.position();
                ByteBuffer next = ByteBuffer.allocateDirect(1 + randomness.below(5000));
                int read = reader.read(next);
                byte[] got = new byte[Math.max(read, 0)];
                next.flip().get(got);
                assertThat(got)
                        .as("seed %d read at %d", seed, position)
                        .isEqualTo(slice(bytes, position, Math.max(read, 0)));
                assertThat(read < 0).isEqualTo(position >= LENGTH);
                assertThat(reader.position()).isEqualTo(position + Math.max(read, 0));
            }
        }
    }

    private static byte[] slice(byte[] bytes, long from, int length) {
        int start = (int) Math.min(from, bytes.length);
        return Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + length));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readingInOrderTakesOneStream(boolean ranges) throws IOException {
        try (FakeProxy proxy = new FakeProxy(ranges);
                FileClient files = FileClient.connect(proxy.uri())) {
            proxy.put("/f", new byte[100_000]);
            try (FileReader reader = files.open("/f")) {
                assertThat(reader.asInputStream().readAllBytes()).hasSize(100_000);
            }
            assertThat(proxy.requests()).containsExactly("open-file /f", "read", "close");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReaderIsAChannel(boolean ranges) throws IOException {
        try (FakeProxy proxy = new FakeProxy(ranges);
                FileClient files = FileClient.connect(proxy.uri())) {
            proxy.put("/f", new byte[] {1, 2, 3, 4});
            try (SeekableByteChannel channel = files.open("/f").asChannel()) {
                ByteBuffer two = ByteBuffer.allocate(2);
                channel.position(2).read(two);
                assertThat(two.array()).containsExactly(3, 4);
                assertThat(channel.size()).isEqualTo(4);
                assertThat(channel.read(two.clear())).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamThatIsHalfReadIsClosedOnlyWhereThatIsSafe(boolean ranges) throws IOException {
        try (FakeProxy proxy = new FakeProxy(ranges);
                FileClient files = FileClient.connect(proxy.uri())) {
            proxy.put("/f", new byte[1_000_000]);
            try (FileReader reader = files.open("/f")) {
                reader.read(ByteBuffer.allocate(10));
            }
            assertThat(proxy.requests().contains("close")).isEqualTo(ranges);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMissingFileFailsAtOpen(boolean ranges) throws IOException {
        try (FakeProxy proxy = new FakeProxy(ranges);
                FileClient files = FileClient.connect(proxy.uri())) {
            assertThatThrownBy(() -> files.open("/none"))
                    .isInstanceOf(FilesException.NotFound.class)
                    .hasMessageContaining("/none");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void powersThatAreMissingAreNamed(boolean ranges) throws IOException {
        try (FakeProxy proxy = new FakeProxy(ranges);
                FileClient files = FileClient.connect(proxy.uri())) {
            proxy.put("/f", new byte[0]);
            try (FileReader reader = files.open("/f")) {
                assertThatThrownBy(() -> reader.as(Mappable.class))
                        .isInstanceOf(FilesException.Unimplemented.class)
                        .hasMessageContaining("Mappable")
                        .hasMessageContaining("Alluxio");
                assertThatThrownBy(() -> reader.seek(-1))
                        .isInstanceOf(FilesException.InvalidArgument.class);
            }
        }
    }
}
