package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import dev.forebay.base.Clock;
import dev.forebay.hadoop.ForebayFileSystem;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code forebay://} reads from the shared memory of a node on the same machine. */
class ForebayMemoryTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Path LARGE = new Path("/large");
    private static final int LENGTH = 5_000_001;
    private static final Clock CLOCK = Clock.system();

    @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static byte[] bytes(int length, int seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static ForebayFileSystem client(int port, String mode)
            throws IOException, InterruptedException {
        Configuration configuration = new Configuration();
        configuration.set("fs.forebay.shared-memory", mode);
        configuration.setInt("ipc.client.connect.max.retries", 2);
        configuration.setInt("dfs.client.retry.window.base", 10);
        return (ForebayFileSystem)
                FileSystem.newInstance(
                        URI.create("forebay://127.0.0.1:" + port), configuration, NodeProcess.USER);
    }

    private static ForebayFileSystem client(NodeProcess node, String mode)
            throws IOException, InterruptedException {
        return client(node.port("admin"), mode);
    }

    private static void write(FileSystem files, Path path, byte[] bytes) throws IOException {
        long blockSize = 1 << 20;
        try (FSDataOutputStream stream = files.create(path, true, 4_096, (short) 1, blockSize)) {
            stream.write(bytes);
        }
    }

    private static byte[] read(FileSystem files, Path path) throws IOException {
        try (FSDataInputStream stream = files.open(path)) {
            return stream.readAllBytes();
        }
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static void load(NodeProcess node, Path path) throws IOException, InterruptedException {
        URI call =
                URI.create(
                        "http://127.0.0.1:%d/api/load?path=%s"
                                .formatted(node.port("admin"), path.toUri().getPath()));
        HttpRequest request =
                HttpRequest.newBuilder(call).POST(HttpRequest.BodyPublishers.noBody()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static double sentByHdfs(NodeProcess node) throws IOException, InterruptedException {
        return get(node.port("admin"), "/metrics")
                .lines()
                .filter(line -> line.startsWith("forebay_sent_bytes_total{gateway=\"hdfs"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static int referenced(NodeProcess node) throws IOException, InterruptedException {
        Matcher found =
                Pattern.compile("\"referenced\":(\\d+)")
                        .matcher(get(node.port("admin"), "/status"));
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }

    private static void awaitReferenced(NodeProcess node, int count)
            throws IOException, InterruptedException {
        for (int i = 0; i < 1_000 && referenced(node) != count; i++) {
            CLOCK.sleep(Duration.ofMillis(20));
        }
        assertThat(referenced(node)).isEqualTo(count);
    }

    @Test
    void noByteOfACachedFileComesThroughTheNetwork() throws Exception {
        byte[] bytes = bytes(LENGTH, 1);
        try (NodeProcess node = NodeProcess.start(folder);
                ForebayFileSystem files = client(node, "cached");
                ForebayFileSystem plain = client(node, "off")) {
            write(files, LARGE, bytes);
            assertThat(read(files, LARGE)).isEqualTo(bytes);
            // nothing is brought into memory unless asked
            assertThat(files.sharedReads().streams()).isZero();
            load(node, LARGE);
            double before = sentByHdfs(node);
            assertThat(read(files, LARGE)).isEqualTo(bytes);
            assertThat(files.sharedReads().bytes()).isEqualTo(LENGTH);
            assertThat(sentByHdfs(node) - before).isLessThan(LENGTH / 100.0);

            assertThat(read(plain, LARGE)).isEqualTo(bytes);
            assertThat(plain.sharedReads().streams()).isZero();
            assertThat(sentByHdfs(node) - before).isGreaterThan(LENGTH);
        }
    }

    @Test
    void everyKindOfReadIsRight() throws Exception {
        byte[] bytes = bytes(LENGTH, 2);
        try (NodeProcess node = NodeProcess.start(folder);
                ForebayFileSystem files = client(node, "load")) {
            write(files, LARGE, bytes);
            try (FSDataInputStream stream = files.open(LARGE)) {
                Random random = new Random(3);
                for (int i = 0; i < 300; i++) {
                    int from = random.nextInt(LENGTH);
                    int length = random.nextInt(Math.min(3 << 20, LENGTH - from)) + 1;
                    byte[] expected = Arrays.copyOfRange(bytes, from, from + length);
                    byte[] target = new byte[length];
                    switch (i % 4) {
                        case 0 -> stream.readFully(from, target);
                        case 1 -> {
                            stream.seek(from);
                            stream.readFully(target);
                        }
                        case 2 -> {
                            ByteBuffer direct = ByteBuffer.allocateDirect(length);
                            stream.readFully(from, direct);
                            direct.flip().get(target);
                        }
                        default -> {
                            stream.seek(from);
                            ByteBuffer heap = ByteBuffer.wrap(target);
                            while (heap.hasRemaining()) {
                                assertThat(stream.read(heap)).isPositive();
                            }
                        }
                    }
                    assertThat(target).isEqualTo(expected);
                }
                assertThat(stream.read(LENGTH, new byte[1], 0, 1)).isEqualTo(-1);
            }
            assertThat(files.sharedReads().streams()).isEqualTo(1);
        }
    }

    @Test
    void whatIsReadStaysUntilTheStreamIsClosed() throws Exception {
        byte[] bytes = bytes(LENGTH, 4);
        try (NodeProcess node = NodeProcess.start(folder, Map.of("arena.capacity", "16MB"));
                ForebayFileSystem files = client(node, "load")) {
            write(files, LARGE, bytes);
            try (FSDataInputStream stream = files.open(LARGE)) {
                assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(bytes[0]));
                assertThat(files.delete(LARGE, false)).isTrue();
                write(files, LARGE, bytes(LENGTH, 5));
                for (int i = 0; i < 12; i++) {
                    byte[] other = bytes(LENGTH, 100 + i);
                    Path path = new Path("/other" + i);
                    write(files, path, other);
                    assertThat(read(files, path)).isEqualTo(other);
                }
                byte[] rest = stream.readAllBytes();
                assertThat(rest).isEqualTo(Arrays.copyOfRange(bytes, 1, LENGTH));
            }
            assertThat(read(files, LARGE)).isEqualTo(bytes(LENGTH, 5));
            assertThat(files.sharedReads().streams()).isPositive();
        }
    }

    @Test
    void manyReadersWhileFilesChange() throws Exception {
        try (NodeProcess node = NodeProcess.start(folder, Map.of("arena.capacity", "8MB"));
                ForebayFileSystem files = client(node, "load");
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            int length = 1_500_000;
            for (int file = 0; file < 6; file++) {
                write(files, new Path("/f" + file), filled(length, file));
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = i;
                Callable<Integer> reader = () -> readMany(files, seed, length);
                readers.add(threads.submit(reader));
            }
            for (int round = 0; round < 15; round++) {
                Path next = new Path("/next");
                write(files, next, filled(length, round));
                files.rename(
                        next,
                        new Path("/f" + round % 6),
                        org.apache.hadoop.fs.Options.Rename.OVERWRITE);
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            assertThat(files.sharedReads().bytes()).isPositive();
        }
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Each content is one byte all over: two of them in one stream would be seen. */
    private static int readMany(FileSystem files, int seed, int length) throws IOException {
        Random random = new Random(seed);
        int whole = 0;
        for (int i = 0; i < 20; i++) {
            try (FSDataInputStream stream = files.open(new Path("/f" + random.nextInt(6)))) {
                byte[] bytes = stream.readAllBytes();
                assertThat(bytes).hasSize(length);
                assertThat(bytes).containsOnly(bytes[0]);
                whole++;
            } catch (IOException e) {
                // over the network a file that is replaced meanwhile cannot be read to its end
                assertThat(e).isNotInstanceOf(org.apache.hadoop.fs.ChecksumException.class);
            }
        }
        return whole;
    }

    @Test
    void aReaderThatIsKilledGivesBackWhatItHeld() throws Exception {
        try (NodeProcess node = NodeProcess.start(folder)) {
            try (ForebayFileSystem files = client(node, "off")) {
                write(files, LARGE, bytes(LENGTH, 6));
                load(node, LARGE);
            }
            List<String> command =
                    new ArrayList<>(NodeProcess.command(HadoopReader.class.getName()));
            command.add("forebay://127.0.0.1:" + node.port("admin"));
            command.add(LARGE.toString());
            Process reader = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (BufferedReader output = reader.inputReader(StandardCharsets.UTF_8)) {
                String line = output.readLine();
                while (line != null && !line.startsWith("read ")) {
                    line = output.readLine();
                }
                assertThat(line).isNotNull().endsWith(" shared 1");
                // five blocks, and the object that proves the memory
                awaitReferenced(node, 6);
            } finally {
                reader.destroyForcibly().waitFor();
            }
            awaitReferenced(node, 0);
        }
    }

    private static Map<String, String> fixedPorts() throws IOException {
        Map<String, String> ports = new HashMap<>();
        List<ServerSocket> sockets = new ArrayList<>();
        for (String key : List.of("admin.port", "hdfs.port", "hdfs.data-port")) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            ports.put(key, Integer.toString(socket.getLocalPort()));
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    @Test
    void theMemoryOfANodeThatIsGoneIsNotTakenForThatOfTheNext() throws Exception {
        Map<String, String> ports = fixedPorts();
        byte[] bytes = bytes(LENGTH, 7);
        NodeProcess killed = NodeProcess.start(folder, ports);
        try (ForebayFileSystem files = client(killed, "load")) {
            write(files, LARGE, bytes);
            assertThat(read(files, LARGE)).isEqualTo(bytes);
            FSDataInputStream left = files.open(LARGE);
            assertThat(left.read()).isEqualTo(Byte.toUnsignedInt(bytes[0]));
            killed.kill();
            assertThatThrownBy(() -> left.readFully(0, new byte[LENGTH]))
                    .isInstanceOf(IOException.class);
            try (NodeProcess node = NodeProcess.start(folder, ports)) {
                // goes on over the network, since what it held is gone
                byte[] again = new byte[LENGTH];
                left.readFully(0, again);
                assertThat(again).isEqualTo(bytes);
                left.close();
                long before = files.sharedReads().bytes();
                write(files, new Path("/other"), bytes(LENGTH, 8));
                assertThat(read(files, new Path("/other"))).isEqualTo(bytes(LENGTH, 8));
                assertThat(read(files, LARGE)).isEqualTo(bytes);
                assertThat(files.sharedReads().bytes() - before).isEqualTo(2L * LENGTH);
                node.stop();
            }
        } finally {
            killed.close();
        }
    }

    /** The admin listener of a node, which names another file as its memory. */
    private static HttpServer lying(NodeProcess node, String file) throws IOException {
        int port = node.port("admin");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try {
                        String status = get(port, "/status");
                        byte[] answer =
                                status.replaceAll("\"/proc/\\d+/fd/\\d+\"", '"' + file + '"')
                                        .getBytes(StandardCharsets.UTF_8);
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        exchange.close();
                    }
                });
        server.start();
        return server;
    }

    @Test
    void anotherFileIsNotTakenForTheMemory() throws Exception {
        java.nio.file.Path other = folder.resolve("other");
        try (NodeProcess node = NodeProcess.start(folder)) {
            Files.write(other, new byte[1 << 20]);
            for (String file : List.of(other.toString(), "/dev/zero", "/none", "", "/proc/1/mem")) {
                HttpServer server = lying(node, file);
                try (ForebayFileSystem files = client(server.getAddress().getPort(), "load")) {
                    write(files, LARGE, bytes(LENGTH, 9));
                    assertThat(read(files, LARGE)).as(file).isEqualTo(bytes(LENGTH, 9));
                    assertThat(files.sharedReads().streams()).as(file).isZero();
                } finally {
                    server.stop(0);
                }
            }
        }
    }

    /** A Java of the version that Hadoop's programs run on, where the machine has one. */
    private static java.nio.file.Path java17() {
        for (String name : List.of("/usr/lib/jvm/java-17-openjdk-amd64", "/usr")) {
            java.nio.file.Path program = java.nio.file.Path.of(name, "bin", "java");
            if (Files.isExecutable(program) && is17(program)) {
                return program;
            }
        }
        return Assumptions.abort("no Java 17 on this machine");
    }

    private static boolean is17(java.nio.file.Path program) {
        try {
            Process process =
                    new ProcessBuilder(program.toString(), "-version")
                            .redirectErrorStream(true)
                            .start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                return output.lines().anyMatch(line -> line.contains("version \"17."));
            }
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void java17IsEnough() throws Exception {
        java.nio.file.Path program = java17();
        byte[] bytes = "0123456789abcdef".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        try (NodeProcess node = NodeProcess.start(folder);
                ForebayFileSystem files = client(node, "cached")) {
            write(files, LARGE, bytes);
            load(node, LARGE);
            double before = sentByHdfs(node);
            Files.writeString(folder.resolve("core-site.xml"), "<configuration/>");
            String path = "forebay://127.0.0.1:" + node.port("admin") + LARGE;
            ProcessBuilder shell =
                    new ProcessBuilder(
                            program.toString(),
                            "-cp",
                            folder + File.pathSeparator + hadoopAlone(),
                            "org.apache.hadoop.fs.FsShell",
                            "-cat",
                            path);
            List<String> lines = ChildProcess.run(LIMIT, shell);
            assertThat(lines).contains(new String(bytes, StandardCharsets.US_ASCII));
            assertThat(sentByHdfs(node) - before).isLessThan(bytes.length);
        }
    }

    private static String hadoopAlone() {
        String path =
                System.getProperty("forebay.node.classpath", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(
                        each ->
                                each.contains("hadoop-client-api")
                                        || each.contains("hadoop-client-runtime")
                                        || NodeProcess.isForebayHadoop(each)
                                        || each.contains("slf4j"))
                .collect(java.util.stream.Collectors.joining(File.pathSeparator));
    }
}
