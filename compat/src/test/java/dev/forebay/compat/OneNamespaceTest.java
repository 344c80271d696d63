package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.forebay.base.Randomness;
import dev.forebay.client.FileClient;
import dev.forebay.client.FileWriter;
import dev.forebay.client.FilesException;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One file through every gateway of one node: written by one, read by each of the others at once,
 * also while it is being written. Clients of HDFS are configured by what {@code client-config}
 * writes.
 */
// the node is started before all tests, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneNamespaceTest {
    private static final List<Integer> LENGTHS = List.of(0, 1, 5_000, 70_000, 3_000_000);

    private NodeProcess node;
    private FileClient alluxio;
    private FileSystem hdfs;
    private FileSystem webHdfs;

    /** How a client puts a file, and how it gets one. */
    private record Window(Put put, Get get) {}

    private interface Put {
        void put(String path, byte[] bytes) throws IOException;
    }

    private interface Get {
        byte[] get(String path) throws IOException;
    }

    @BeforeAll
    void start(@TempDir java.nio.file.Path folder) throws IOException, InterruptedException {
        WebHdfsClients.giveMediaTypes();
        node = NodeProcess.start(folder);
        alluxio = FileClient.connect("alluxio://127.0.0.1:" + node.port("alluxio"));
        java.nio.file.Path conf = folder.resolve("conf");
        String admin = "forebay://127.0.0.1:" + node.port("admin");
        ForebayCommand command = new ForebayCommand(folder, admin);
        assertThat(command.run("client-config", conf.toString()).code()).isZero();
        assertThat(command.run("client-config", conf.toString()).err()).contains("--force");
        Configuration configuration = new Configuration();
        configuration.addResource(new Path(conf.resolve("core-site.xml").toUri()));
        configuration.addResource(new Path(conf.resolve("hdfs-site.xml").toUri()));
        String user = System.getProperty("user.name");
        hdfs = FileSystem.newInstance(FileSystem.getDefaultUri(configuration), configuration, user);
        URI web = URI.create("webhdfs://127.0.0.1:" + node.port("webhdfs"));
        webHdfs = FileSystem.newInstance(web, configuration, user);
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        hdfs.close();
        webHdfs.close();
        alluxio.close();
        node.stop();
    }

    private Map<String, Window> windows() {
        Map<String, Window> windows = new LinkedHashMap<>();
        windows.put("alluxio", new Window(this::putAlluxio, this::getAlluxio));
        windows.put("hdfs", of(hdfs));
        windows.put("webhdfs", of(webHdfs));
        return windows;
    }

    private void putAlluxio(String path, byte[] bytes) {
        try (FileWriter writer = alluxio.create(path)) {
            writer.write(ByteBuffer.wrap(bytes));
        }
    }

    private byte[] getAlluxio(String path) throws IOException {
        try (InputStream stream = alluxio.open(path).asInputStream()) {
            return stream.readAllBytes();
        }
    }

    private static Window of(FileSystem files) {
        return new Window(
                (path, bytes) -> {
                    try (FSDataOutputStream stream = files.create(new Path(path), false)) {
                        stream.write(bytes);
                    }
                },
                path -> {
                    try (FSDataInputStream stream = files.open(new Path(path))) {
                        return stream.readAllBytes();
                    }
                });
    }

    @Test
    void whatOneWritesEachReadsAtOnce() throws IOException {
        Map<String, Window> windows = windows();
        for (String writer : windows.keySet()) {
            for (int length : LENGTHS) {
                String path = "/" + writer + length;
                byte[] bytes = Randomness.seeded(length).bytes(length);
                windows.get(writer).put().put(path, bytes);
                for (String reader : windows.keySet()) {
                    assertThat(windows.get(reader).get().get(path))
                            .as("%s bytes of %s read through %s", length, writer, reader)
                            .isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void whatIsFlushedEachReadsWhileItIsBeingWritten() throws IOException {
        byte[] bytes = Randomness.seeded(5).bytes(2_000_000);
        try (FSDataOutputStream stream = hdfs.create(new Path("/growing"))) {
            int written = 0;
            for (int next : List.of(10, 5_000, 300_000, bytes.length)) {
                stream.write(bytes, written, next - written);
                written = next;
                stream.hflush();
                byte[] seen = Arrays.copyOf(bytes, written);
                for (Map.Entry<String, Window> reader : windows().entrySet()) {
                    assertThat(reader.getValue().get().get("/growing"))
                            .as("%d bytes through %s", written, reader.getKey())
                            .isEqualTo(seen);
                }
            }
        }
        assertThat(getAlluxio("/growing")).isEqualTo(bytes);
    }

    @Test
    void namesChangeForAll() throws IOException {
        putAlluxio("/named", new byte[] {1, 2, 3});
        assertThat(hdfs.rename(new Path("/named"), new Path("/renamed"))).isTrue();
        assertThat(webHdfs.getFileStatus(new Path("/renamed")).getLen()).isEqualTo(3);
        assertThat(alluxio.find("/named")).isEmpty();
        try (FSDataOutputStream stream = webHdfs.append(new Path("/renamed"))) {
            stream.write(4);
        }
        assertThat(getAlluxio("/renamed")).containsExactly(1, 2, 3, 4);
        alluxio.delete("/renamed");
        assertThat(hdfs.exists(new Path("/renamed"))).isFalse();
    }

    @Test
    void fileThatOneClientWritesIsKeptFromAnother() throws IOException {
        try (FSDataOutputStream stream = hdfs.create(new Path("/held"))) {
            stream.write(1);
            assertThat(catchAlluxio("/held")).isInstanceOf(FilesException.AlreadyExists.class);
        }
    }

    private Throwable catchAlluxio(String path) {
        return catchThrowable(() -> putAlluxio(path, new byte[] {1}));
    }
}
