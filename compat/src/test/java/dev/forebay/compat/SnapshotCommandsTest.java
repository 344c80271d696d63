package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.client.FileClient;
import dev.forebay.client.FileTools;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsShell;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.tools.DFSAdmin;
import org.apache.hadoop.hdfs.tools.snapshot.LsSnapshot;
import org.apache.hadoop.hdfs.tools.snapshot.LsSnapshottableDir;
import org.apache.hadoop.hdfs.tools.snapshot.SnapshotDiff;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.util.List;

/** Snapshots by Hadoop's own commands, and read by clients of other gateways. */
class SnapshotCommandsTest {
    @TempDir private static java.nio.file.Path folder = java.nio.file.Path.of("target");

    private static NodeProcess node;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Configuration configuration() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.defaultFS", node.hdfs().toString());
        return configuration;
    }

    /** Runs a command as the superuser and returns what it printed. */
    private static String run(Tool command, String... arguments)
            throws IOException, InterruptedException {
        command.setConf(configuration());
        PrintStream before = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            int code =
                    UserGroupInformation.createRemoteUser(NodeProcess.USER)
                            .doAs(
                                    (PrivilegedExceptionAction<Integer>)
                                            () -> command.run(arguments));
            assertThat(code).as(printed.toString(StandardCharsets.UTF_8)).isZero();
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static void write(String path, String text) throws IOException {
        try (FileSystem files = FileSystem.newInstance(node.hdfs(), configuration());
                FSDataOutputStream stream = files.create(new Path(path), true)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void commandsWork() throws IOException, InterruptedException {
        write("/commands/f", "before");
        assertThat(run(new DFSAdmin(), "-allowSnapshot", "/commands"))
                .contains("Allowing snapshot on /commands succeeded");
        FsShell shell = new FsShell();
        assertThat(run(shell, "-createSnapshot", "/commands", "s1"))
                .contains("Created snapshot /commands/.snapshot/s1");
        write("/commands/f", "after");
        run(shell, "-mkdir", "/commands/d");
        assertThat(run(shell, "-createSnapshot", "/commands"))
                .contains("Created snapshot /commands/.snapshot/s2");
        assertThat(run(shell, "-cat", "/commands/.snapshot/s1/f")).isEqualTo("before");
        assertThat(run(shell, "-ls", "/commands/.snapshot")).contains("Found 2 items");
        assertThat(run(new LsSnapshottableDir())).contains("2 65536 /commands");
        assertThat(run(new LsSnapshot(), "/commands")).contains("ACTIVE /commands/.snapshot/s1");
        assertThat(run(new SnapshotDiff(), "/commands", ".snapshot/s1", "."))
                .contains("M\t.\n", "+\t./f\n", "-\t./f\n", "+\t./d\n");
        run(shell, "-renameSnapshot", "/commands", "s1", "first");
        assertThat(run(new SnapshotDiff(), "/commands", "first", "first")).doesNotContain("./");
        for (String name : List.of("first", unnamed(run(shell, "-ls", "/commands/.snapshot")))) {
            run(shell, "-deleteSnapshot", "/commands", name);
        }
        assertThat(run(new DFSAdmin(), "-disallowSnapshot", "/commands"))
                .contains("Disallowing snapshot on /commands succeeded");
    }

    private static String unnamed(String listing) {
        String path = listing.substring(listing.indexOf("/commands/.snapshot/s2"));
        return path.substring("/commands/.snapshot/".length()).strip();
    }

    @Test
    void otherClientsReadWhatWas() throws IOException, InterruptedException {
        write("/others/f", "before");
        run(new DFSAdmin(), "-allowSnapshot", "/others");
        run(new FsShell(), "-createSnapshot", "/others", "s1");
        write("/others/f", "after");
        String alluxio = "alluxio://127.0.0.1:" + node.port("alluxio");
        for (String service : List.of(alluxio, node.hdfs().toString())) {
            try (FileClient files = FileClient.connect(service)) {
                assertThat(new FileTools(files).cat("/others/.snapshot/s1/f"))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("before");
                assertThat(files.list("/others/.snapshot/s1")).hasSize(1);
            }
        }
        assertThat(python(HdfsNative.install().python("-c", NATIVE, node.hdfs().toString())))
                .isEqualTo("before f");
    }

    /** Reads below {@code .snapshot}, and lists it. */
    private static final String NATIVE =
            """
            import sys, hdfs_native
            client = hdfs_native.Client(sys.argv[1])
            with client.read('/others/.snapshot/s1/f') as f:
                text = bytes(f.read()).decode()
            names = [s.path.rsplit('/', 1)[1] for s in client.list_status('/others/.snapshot/s1')]
            print(text, *names)
            """;

    private static String python(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.strip();
    }
}
