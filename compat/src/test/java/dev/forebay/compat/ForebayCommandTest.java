package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.client.FileClient;
import dev.forebay.client.rest.JsonInput;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Every command of the command line client against a node, as a person runs them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForebayCommandTest {
    private static final String UNREACHABLE = "alluxio://127.0.0.1:1";

    private Path folder;
    private NodeProcess node;
    private ForebayCommand command;

    @BeforeAll
    void startNode(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        node = NodeProcess.start(folder);
        command = new ForebayCommand(folder, "forebay://127.0.0.1:" + node.port("admin"));
    }

    @AfterAll
    void stopNode() throws IOException, InterruptedException {
        node.stop();
    }

    private String good(String... arguments) throws IOException, InterruptedException {
        return command.good(arguments);
    }

    /** Runs a command with {@code --json}: each line must be a document of its own. */
    private String json(String... arguments) throws IOException, InterruptedException {
        String out = good(arguments);
        assertThat(out.lines()).isNotEmpty();
        for (String line : out.lines().toList()) {
            JsonInput.read(line);
        }
        return out;
    }

    @Test
    void filesGoInAndOutAndShow() throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), "one\ntwo\nthree\n");
        assertThat(command.runWith(input, "put", "-", "/io").code()).isZero();

        assertThat(good("get", "/io", "-")).isEqualTo("one\ntwo\nthree\n");
        assertThat(good("cat", "/io", "/io")).hasSize(28);
        assertThat(good("head", "-n", "1", "/io")).isEqualTo("one\n");
        assertThat(good("tail", "-c", "6", "/io")).isEqualTo("three\n");
        good("touch", "/io");
        good("touch", "/io-empty");
        good("cp", "/io", "/io-copy");
        good("mv", "/io-copy", "/io-moved");
        assertThat(json("stat", "--json", "/io-moved")).contains("\"length\":14");
        assertThat(json("ls", "--json", "/io*").lines()).hasSize(3);
        assertThat(good("find", "-n", "io-*", "-t", "f", "/")).isEqualTo("/io-empty\n/io-moved\n");
        assertThat(json("du", "--json", "/io-moved")).contains("\"bytes\":14");
        good("rm", "/io-moved", "/io-empty");
        assertThat(command.run("cat", "/io-moved").code()).isEqualTo(3);
    }

    @Test
    void treesOfOddNamesComeBack() throws IOException, InterruptedException {
        Path tree = folder.resolve("odd names");
        String program =
                """
                import os, sys
                root = os.fsencode(sys.argv[1])
                for name in (b"a b", b"%41", b"a+b;c?d#e", "\\u00fc\\u2603".encode(),
                             b"x\\xff\\x80", b"q\\"\\\\\\n"):
                    os.makedirs(os.path.join(root, b"dir " + name))
                    with open(os.path.join(root, b"dir " + name, name), "wb") as f:
                        f.write(name * 3)
                """;
        Duration limit = Duration.ofSeconds(60);
        ChildProcess.run(limit, new ProcessBuilder("python3", "-c", program, tree + ""));
        Path back = folder.resolve("back");

        good("put", "-r", tree.toString(), "/odd");
        good("get", "-r", "/odd", back.toString());

        ChildProcess.run(limit, new ProcessBuilder("diff", "-r", tree + "", back + ""));
        assertThat(json("tree", "--json", "/odd").lines()).hasSize(13);
        good("rm", "-r", "/odd");
        assertThat(command.run("ls", "/odd").code()).isEqualTo(3);
    }

    @Test
    void attributesAndMemoryChange() throws IOException, InterruptedException {
        good("mkdir", "-p", "/at/deep");
        good("touch", "/at/deep/file");
        good("chmod", "-r", "640", "/at");
        good("chown", "someone:some", "/at/deep/file");
        good("pin", "/at");
        good("ttl", "-a", "DELETE", "1h", "/at/deep/file");

        assertThat(json("stat", "--json", "/at/deep/file"))
                .contains("\"mode\":\"0640\"", "\"owner\":\"someone\"", "\"group\":\"some\"")
                .contains("\"pinned\":true", "\"ttlMillis\":3600000", "\"ttlAction\":\"DELETE\"");
        good("unpin", "/at");
        good("ttl", "none", "/at/deep/file");
        json("load", "--json", "-r", "/at");
        assertThat(json("stat", "--json", "/at/deep/file"))
                .contains("\"pinned\":false", "\"ttlMillis\":-1");
    }

    @Test
    void memoryIsFreedOnceDataIsBelow() throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("freed"), "data");
        good("put", "--write-type", "CACHE_THROUGH", input.toString(), "/freed");
        good("free", "/freed");
        assertThat(json("stat", "--json", "/freed")).contains("\"inMemoryPercentage\":0");
        good("load", "/freed");
        assertThat(json("stat", "--json", "/freed")).contains("\"inMemoryPercentage\":100");
    }

    @Test
    void mountsComeAndGo() throws IOException, InterruptedException {
        Path local = Files.createDirectories(folder.resolve("below"));
        Files.writeString(local.resolve("file"), "from below");
        good("mount", "--read-only", "/mounted", local.toString());

        assertThat(good("cat", "/mounted/file")).isEqualTo("from below");
        assertThat(json("mounts", "--json")).contains("\"path\":\"/mounted\"", "\"readOnly\":true");
        Files.writeString(local.resolve("more"), "");
        good("sync", "/mounted");
        assertThat(good("ls", "/mounted")).contains("more");
        assertThat(command.run("touch", "/mounted/new").code()).isEqualTo(5);
        good("unmount", "/mounted");
        assertThat(command.run("ls", "/mounted").code()).isEqualTo(3);
    }

    @Test
    void theNodeIsDescribed() throws IOException, InterruptedException {
        assertThat(json("status", "--json").split("\"usage\"", -1)).hasSize(2);
        assertThat(good("status")).contains("alluxio");
        assertThat(json("config", "--json")).contains("\"files.block-size\"");
        assertThat(json("version", "--json")).contains("\"node\"");
        assertThat(json("doctor", "--json", "--data", folder.resolve("data") + ""))
                .contains("sync latency");
        assertThat(good("help")).contains("fsck");
        assertThat(good("completion", "bash")).contains("forebay");
    }

    @Test
    void failuresHaveTheirNumber() throws IOException, InterruptedException {
        good("mkdir", "/failures");
        good("touch", "/failures/file");

        assertThat(command.run("mkdir", "/failures").code()).isEqualTo(4);
        assertThat(command.run("rm", "/failures").code()).isEqualTo(1);
        assertThat(command.run("rm", "/").code()).isIn(1, 5);
        assertThat(command.run("mv", "/failures/none", "/failures/x").code()).isEqualTo(3);
        assertThat(command.run("ls", "--bogus").code()).isEqualTo(2);
        assertThat(command.run("nonsense").code()).isEqualTo(2);
        assertThat(command.run("ls", "--node", UNREACHABLE, "/").code()).isEqualTo(6);
        assertThat(command.run("mount", "/failures/m", "gopher://x/").code()).isEqualTo(9);
        ForebayCommand.Outcome missing = command.run("cat", "--json", "/failures/none");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.out()).isEmpty();
        assertThat(JsonInput.read(missing.err()).field("exitCode").whole(0)).isEqualTo(3);
        assertThat(command.run("cat", "/failures/none", "/failures/file").code()).isEqualTo(1);
    }

    @Test
    void aStoppedPutLeavesNothing() throws IOException, InterruptedException {
        try (FileClient files = FileClient.connect("alluxio://127.0.0.1:" + node.port("alluxio"))) {
            Process put = command.start("put", "-", "/stopped");
            OutputStream input = put.getOutputStream();
            input.write(new byte[3 << 20]);
            input.flush();
            for (int i = 0; i < 1000 && files.find("/stopped").isEmpty(); i++) {
                Clock.system().sleep(Duration.ofMillis(20));
            }
            assertThat(files.stat("/stopped").completed()).isFalse();
            put.destroy();
            assertThat(put.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(put.exitValue()).isNotZero();
            assertThat(files.find("/stopped")).isEmpty();
        }
    }
}
