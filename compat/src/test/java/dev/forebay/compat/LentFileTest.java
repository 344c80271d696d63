package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.WriteType;
import dev.forebay.client.CreateOptions;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileWriter;
import dev.forebay.client.LentFile;
import dev.forebay.client.Residency;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that one program lends is read by two others from the one copy in memory. */
class LentFileTest {
    private static final int BLOCK = 16 << 20;
    private static final int LENGTH = 5 * BLOCK + 12_345;
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+) kB");

    /** Knows the path and the generation; computes the ids, and looks where the bytes are. */
    private static final String READER =
            """
            import hashlib, sys, time, pyarrow.plasma as plasma
            socket, path, generation, count = sys.argv[1:5]
            def block_id(index):
                parts = [b'forebay-block', path.encode(), generation.encode(), str(index).encode()]
                return plasma.ObjectID(hashlib.sha256(b'\\0'.join(parts)).digest()[:20])
            store = plasma.connect(socket)
            buffers = store.get_buffers([block_id(i) for i in range(int(count))], timeout_ms=0)
            assert all(buffer is not None for buffer in buffers), 'not there'
            shared = [line.split()[0].split('-') for line in open('/proc/self/maps')
                      if 'forebay' in line]
            for buffer in buffers:
                assert any(int(first, 16) <= buffer.address
                           and buffer.address + buffer.size <= int(last, 16)
                           for first, last in shared), 'not in the mapping'
            print(hashlib.sha256(b''.join(buffers)).hexdigest(), flush=True)
            sys.stdin.readline()
            """;

    @TempDir private Path folder;

    private static byte[] content() {
        byte[] bytes = new byte[LENGTH];
        for (int index = 0; index < LENGTH; index++) {
            bytes[index] = (byte) (index * 31 + (index >> 12));
        }
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static LentFile writeAndLend(String uri, byte[] bytes) {
        try (FileClient files = FileClient.connect(uri)) {
            CreateOptions options =
                    CreateOptions.DEFAULT
                            .withBlockSize(BLOCK)
                            .withWriteType(WriteType.CACHE_THROUGH);
            try (FileWriter writer = files.create("/lent file-ä", options)) {
                writer.write(ByteBuffer.wrap(bytes));
            }
            return files.as(Residency.class).lend("/lent file-ä");
        }
    }

    private Process reader(Path python, LentFile file) throws IOException {
        return new ProcessBuilder(
                        python.toString(),
                        "-W",
                        "ignore",
                        "-c",
                        READER,
                        folder.resolve("data/plasma").toString(),
                        file.path(),
                        file.generation(),
                        Integer.toString(file.blocks().size()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static long resident(long pid) throws IOException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        Matcher found = RESIDENT.matcher(status);
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1)) << 10;
    }

    @Test
    void twoProcessesReadOneCopy()
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        Path python = PlasmaClient.install().python();
        byte[] bytes = content();
        String digest = HexFormat.of().formatHex(sha256(bytes));
        try (NodeProcess node = NodeProcess.start(folder)) {
            LentFile file = writeAndLend("forebay://127.0.0.1:" + node.port("admin"), bytes);
            assertThat(file.blocks()).hasSize(6);
            long before = resident(node.pid());
            List<Process> readers = new ArrayList<>();
            for (int count = 0; count < 2; count++) {
                readers.add(reader(python, file));
            }
            for (Process reader : readers) {
                assertThat(reader.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo(digest);
            }
            assertThat(resident(node.pid()) - before).isLessThan(BLOCK);
            for (Process reader : readers) {
                reader.outputWriter(StandardCharsets.UTF_8).close();
                assertThat(reader.waitFor()).isZero();
            }
            node.stop();
        }
    }
}
