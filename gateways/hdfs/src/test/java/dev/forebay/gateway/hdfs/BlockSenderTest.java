package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileStatus;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.SeededTest;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Packets are whole whatever pieces the engine hands over. */
class BlockSenderTest {
    private static final int LENGTH_MAX = 3_000_000;

    @SeededTest
    void piecesOfAnyLengthBecomeWholePackets(long seed) throws Exception {
        Generator random = new Generator(seed);
        byte[] bytes = random.bytes(random.length(LENGTH_MAX, BlockSender.PACKET_LENGTH));
        long from = Chunks.floor(random.between(0, bytes.length));
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Socket socket =
                            new Socket(
                                    InetAddress.getLoopbackAddress(),
                                    server.socket().getLocalPort());
                    Connection connection =
                            new Connection(new TcpWire(server.accept()), Clock.system())) {
                CompletableFuture<byte[]> received =
                        CompletableFuture.supplyAsync(() -> packets(socket, from));
                BlockSender sender =
                        new BlockSender(
                                connection, ByteBuffer.allocateDirect(BufferPool.LENGTH), true);
                long count = bytes.length - from;
                sender.send(new Pieces(bytes, random), new FileReader.ByteRange(from, count));
                assertThat(sender.sent()).isEqualTo(count);
                assertThat(received.get())
                        .isEqualTo(Arrays.copyOfRange(bytes, (int) from, bytes.length));
            }
        }
    }

    private static byte[] packets(Socket socket, long from) {
        try {
            return WireBlock.packets(new DataInputStream(socket.getInputStream()), from);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Hands over pieces of random lengths, each in memory that is overwritten afterwards. */
    private record Pieces(ByteBuffer bytes, Generator random) implements FileReader {
        Pieces(byte[] bytes, Generator random) {
            this(ByteBuffer.wrap(bytes), random);
        }

        @Override
        public void transfer(ByteRange range, Sink sink) throws IOException {
            long position = range.position();
            long end = position + range.length();
            int most = random.chance(50) ? 700 : 1 << 20;
            while (position < end) {
                int count = (int) Math.min(end - position, random.between(1, most));
                ByteBuffer piece = ByteBuffer.allocateDirect(count);
                piece.put(0, bytes, (int) position, count);
                sink.accept(piece.asReadOnlyBuffer());
                piece.put(new byte[count]);
                position += count;
            }
        }

        @Override
        public FileStatus status() {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public long length() {
            return bytes.limit();
        }

        @Override
        public int read(long position, ByteBuffer target) {
            throw new UnsupportedOperationException("not asked for");
        }

        @Override
        public void close() {}
    }
}
