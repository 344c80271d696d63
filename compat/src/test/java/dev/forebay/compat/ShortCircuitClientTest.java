package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.error.Closed;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixDescriptor;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.apache.hadoop.hdfs.protocol.datatransfer.Sender;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.BlockOpResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.DataTransferProtos.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Files of blocks, asked for with the messages of Hadoop's own client. Its socket is ours, since
 * its own needs a native library that is not published as a jar.
 */
class ShortCircuitClientTest {
    private static final Path LARGE = new Path("/large");
    private static final Path SMALL = new Path("/small");
    private static final int LENGTH = 5_000_001;

    @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static FileSystem client(NodeProcess node) throws IOException, InterruptedException {
        return FileSystem.newInstance(node.hdfs(), new Configuration(), NodeProcess.USER);
    }

    private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
        long blockSize = 1 << 20;
        try (FSDataOutputStream stream = files.create(path, true, 4_096, (short) 1, blockSize)) {
            stream.write(bytes);
        }
    }

    private static List<LocatedBlock> blocks(FileSystem files, Path path) throws IOException {
        try (HdfsDataInputStream stream = (HdfsDataInputStream) files.open(path)) {
            return stream.getAllBlocks();
        }
    }

    private UnixDescriptor open(LocatedBlock block) throws IOException {
        try (UnixConnection connection = UnixConnection.connect(folder.resolve("data/dn_socket"))) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            new Sender(new DataOutputStream(request))
                    .requestShortCircuitFds(
                            block.getBlock(), block.getBlockToken(), null, 1, false);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment source = arena.allocate(request.size());
                source.asByteBuffer().put(request.toByteArray());
                connection.write(source);
            }
            BlockOpResponseProto answer =
                    BlockOpResponseProto.parseDelimitedFrom(new Input(connection));
            assertThat(answer.getStatus()).as(answer.getMessage()).isEqualTo(Status.SUCCESS);
            List<UnixDescriptor> files = connection.receiveDescriptors(2).descriptors();
            files.getLast().close();
            return files.getFirst();
        }
    }

    private static final class Input extends InputStream {
        private final UnixConnection connection;

        Input(UnixConnection connection) {
            this.connection = connection;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment bytes = arena.allocate(Math.max(1, length));
                int count = (int) connection.readSome(bytes);
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, target, offset, count);
                return count == 0 ? -1 : count;
            } catch (Closed e) {
                return -1;
            }
        }
    }

    private record Held(UnixDescriptor file, long offset, int length) {
        void requireBytesOf(byte[] whole) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            assertThat(file.read(0, bytes)).isEqualTo(length);
            assertThat(bytes.array())
                    .isEqualTo(Arrays.copyOfRange(whole, (int) offset, (int) offset + length));
        }
    }

    private List<Held> hold(FileSystem files, Path path) throws IOException {
        List<Held> held = new ArrayList<>();
        for (LocatedBlock block : blocks(files, path)) {
            int length = (int) block.getBlockSize();
            held.add(new Held(open(block), block.getStartOffset(), length));
        }
        return held;
    }

    @Test
    void filesOfBlocksOutliveWhatHappensToTheFileAndTheNode() throws Exception {
        byte[] large = bytes(LENGTH);
        byte[] small = bytes(777);
        List<Held> held = new ArrayList<>();
        List<Held> ofSmall = new ArrayList<>();
        NodeProcess killed = NodeProcess.start(folder);
        try (FileSystem files = client(killed)) {
            write(files, LARGE, large);
            write(files, SMALL, small);
            held.addAll(hold(files, LARGE));
            ofSmall.addAll(hold(files, SMALL));
            assertThat(held).hasSize(5);
        } finally {
            killed.kill();
        }
        try (NodeProcess node = NodeProcess.start(folder);
                FileSystem files = client(node)) {
            // the socket that the killed one left was replaced
            held.addAll(hold(files, LARGE));
            try (FSDataOutputStream stream = files.append(SMALL)) {
                stream.write(1);
            }
            byte[] longer = Arrays.copyOf(small, small.length + 1);
            longer[small.length] = 1;
            hold(files, SMALL).forEach(each -> each.requireBytesOf(longer));
            assertThat(files.truncate(LARGE, 1_500_000)).isTrue();
            hold(files, LARGE).forEach(each -> each.requireBytesOf(large));
            assertThat(files.delete(LARGE, false)).isTrue();
        }
        held.forEach(each -> each.requireBytesOf(large));
        ofSmall.forEach(each -> each.requireBytesOf(small));
        held.forEach(each -> each.file().close());
        ofSmall.forEach(each -> each.file().close());
    }
}
