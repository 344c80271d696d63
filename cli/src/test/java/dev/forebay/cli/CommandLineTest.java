package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.base.Randomness;
import dev.forebay.client.FakeProxy;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whole commands, from their arguments to exit code, output and effect. */
class CommandLineTest {
    @TempDir private Path folder;
    private FakeProxy proxy;
    private String out = "";
    private String err = "";
    private byte[] input = new byte[0];

    @BeforeEach
    void start() throws IOException {
        proxy = new FakeProxy(true);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private int run(String... args) {
        return run(Map.of("FOREBAY_NODE", proxy.uri()), args);
    }

    private int run(Map<String, String> environment, String... args) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Console console =
                new Console(
                        new ByteArrayInputStream(input),
                        new PrintStream(output, true, UTF_8),
                        new PrintStream(errors, true, UTF_8),
                        environment,
                        false);
        int code = Main.run(console, args);
        out = output.toString(UTF_8);
        err = errors.toString(UTF_8);
        return code;
    }

    private void file(String path, String text) {
        proxy.put(path, text.getBytes(UTF_8));
    }

    @Test
    void everyCommandExplainsItself() {
        assertThat(run("help")).isZero();
        List<String> commands =
                out.lines()
                        .dropWhile(line -> !line.startsWith("Commands:"))
                        .skip(1)
                        .takeWhile(line -> !line.isBlank())
                        .filter(line -> line.startsWith("  ") && line.charAt(2) != ' ')
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();
        assertThat(commands).hasSize(39).contains("ls", "doctor", "unmount", "up", "fsck");
        for (String command : commands) {
            assertThat(run(command, "--help")).as(command).isZero();
            assertThat(out).contains("Usage: forebay " + command).contains("--json");
        }
    }

    @Test
    void everyCommandAndExitCodeIsInTheManual() throws IOException {
        String manual = Files.readString(Path.of("../docs/cli.md"));

        run("help");
        out.lines()
                .dropWhile(line -> !line.startsWith("Commands:"))
                .filter(line -> line.matches("  [a-z].*"))
                .map(line -> line.strip().split(" ", 2)[0])
                .forEach(command -> assertThat(manual).contains("`" + command));
        for (ExitCode code : ExitCode.values()) {
            assertThat(manual).contains("| " + code.number() + " | " + code.meaning());
        }
    }

    @Test
    void aWrongCommandLineIsUsage() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err).contains("nonsense").contains("forebay help");
        assertThat(run("ls", "--nonsense")).isEqualTo(2);
        assertThat(err).contains("forebay help ls");
        assertThat(run("cat")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("ttl", "soon", "/f")).isEqualTo(2);
        assertThat(err).contains("30s");
        assertThat(run("mkdir", "-m", "999", "/d")).isEqualTo(2);
    }

    @Test
    void aUsageErrorIsJsonWhenAskedFor() throws IOException {
        assertThat(run("ls", "--json", "--nonsense")).isEqualTo(2);
        assertThat(JsonInput.read(err).field("error").text()).contains("USAGE");
    }

    @Test
    void nothingListensIsSixAndSaysWhatToDo() {
        Map<String, String> nowhere = Map.of("FOREBAY_NODE", "alluxio://127.0.0.1:1");

        assertThat(run(nowhere, "ls")).isEqualTo(6);
        assertThat(err).contains("127.0.0.1:1").contains("forebay up");
        assertThat(run(nowhere, "ls", "--json")).isEqualTo(6);
        assertThat(err).contains("\"exitCode\":6").contains("UNAVAILABLE");
    }

    @Test
    void theOptionWinsOverTheEnvironment() {
        Map<String, String> nowhere = Map.of("FOREBAY_NODE", "alluxio://127.0.0.1:1");

        assertThat(run(nowhere, "ls", "--node", proxy.uri())).isZero();
    }

    @Test
    void eachKindOfFailureHasItsNumber() {
        file("/f", "text");

        assertThat(run("cat", "/none")).isEqualTo(3);
        assertThat(err).contains("/none");
        assertThat(run("mkdir", "/f")).isEqualTo(4);
        assertThat(run("mounts")).isEqualTo(9);
        assertThat(run("ls", "relative")).isEqualTo(1);
        assertThat(err).contains("begin with a slash");
        proxy.refuse("create-file");
        assertThat(run("touch", "/g")).isEqualTo(7);
    }

    @Test
    void oneFailureOfSeveralIsOneAndDoesNotStopTheOthers() {
        file("/f", "text");

        assertThat(run("cat", "/none", "/f")).isEqualTo(1);
        assertThat(out).isEqualTo("text");
    }

    @Test
    void listingsAreTextOrJson() throws IOException {
        file("/a b", "12345");

        assertThat(run("ls")).isZero();
        assertThat(out).isEqualTo("/a b\n");
        assertThat(run("ls", "-l")).isZero();
        assertThat(out).contains("-rw-r--r--").contains("100%");
        assertThat(run("ls", "--json", "/")).isZero();
        Json entry = JsonInput.read(out);
        assertThat(entry.field("path").text()).contains("/a b");
        assertThat(entry.field("length").whole(0)).isEqualTo(5);
        assertThat(entry.field("mode").text()).contains("0644");
    }

    @Test
    void standardInputAndOutputAreDashes() {
        input = "from input".getBytes(UTF_8);

        assertThat(run("put", "-", "/f")).isZero();
        assertThat(proxy.bytes("/f")).isEqualTo(input);
        assertThat(run("get", "/f", "-")).isZero();
        assertThat(out).isEqualTo("from input");
    }

    @Test
    void treesGoBothWays() throws IOException {
        byte[] bytes = Randomness.seeded(5).bytes(100_000);
        Path source = Files.createDirectories(folder.resolve("source/sub/empty"));
        for (int i = 0; i < 40; i++) {
            Files.write(source.resolveSibling("file " + i), bytes);
        }
        Path odd = LocalNames.child(folder.resolve("source"), "odd\udcff%;name");
        Files.write(odd, bytes);
        Files.createSymbolicLink(folder.resolve("source/link"), Path.of("sub"));

        assertThat(run("put", "-r", folder.resolve("source").toString(), "/tree")).isZero();
        assertThat(err).contains("left out").contains("link");
        assertThat(proxy.bytes("/tree/odd\udcff%;name")).isEqualTo(bytes);
        assertThat(run("get", "-r", "/tree", folder.resolve("back").toString())).isZero();
        assertThat(folder.resolve("back/sub/file 7")).hasBinaryContent(bytes);
        assertThat(folder.resolve("back/sub/empty")).isDirectory();
        assertThat(LocalNames.child(folder.resolve("back"), "odd\udcff%;name"))
                .hasBinaryContent(bytes);
        assertThat(run("cp", "-r", "/tree", "/copy")).isZero();
        assertThat(proxy.bytes("/copy/sub/file 39")).isEqualTo(bytes);
        assertThat(run("cp", "-r", "/tree", "/tree/inside")).isEqualTo(1);
    }

    @Test
    void nothingIsReplacedUnlessForced() throws IOException {
        Path local = Files.writeString(folder.resolve("in"), "new");
        file("/f", "old");

        assertThat(run("put", local.toString(), "/f")).isEqualTo(4);
        assertThat(proxy.bytes("/f")).isEqualTo("old".getBytes(UTF_8));
        assertThat(run("get", "/f", local.toString())).isEqualTo(4);
        assertThat(local).hasContent("new");
        assertThat(run("put", "-f", local.toString(), "/f")).isZero();
        assertThat(proxy.bytes("/f")).isEqualTo("new".getBytes(UTF_8));
        assertThat(run("put", folder.toString(), "/g")).isEqualTo(1);
        assertThat(err).contains("-r");
        assertThat(run("put", folder.resolve("none").toString(), "/g")).isEqualTo(3);
    }

    @Test
    void thingsGoIntoDirectoriesUnderTheirOwnName() {
        file("/f", "text");
        file("/g", "text");

        assertThat(run("mv", "/f", "/g", "/none")).isEqualTo(1);
        assertThat(run("mkdir", "-p", "/d/e")).isZero();
        assertThat(run("mv", "/[fg]", "/d")).isZero();
        assertThat(proxy.bytes("/d/f")).isNotNull();
        assertThat(proxy.bytes("/d/g")).isNotNull();
        assertThat(run("rm", "/d")).isEqualTo(1);
        assertThat(err).contains("use -r");
        assertThat(run("rm", "-r", "/d")).isZero();
        assertThat(run("rm", "/d")).isEqualTo(3);
        assertThat(run("rm", "-f", "/d")).isZero();
    }

    @Test
    void headAndTailCountLines() {
        file("/f", "1\n2\n3\n4");

        assertThat(run("head", "-n", "2", "/f")).isZero();
        assertThat(out).isEqualTo("1\n2\n");
        assertThat(run("tail", "-n", "2", "/f")).isZero();
        assertThat(out).isEqualTo("3\n4");
        assertThat(run("head", "-c", "3", "/f")).isZero();
        assertThat(out).isEqualTo("1\n2");
        assertThat(run("tail", "-c", "1", "/f")).isZero();
        assertThat(out).isEqualTo("4");
    }

    @Test
    void attributesReachTheNode() {
        file("/f", "text");

        assertThat(run("ttl", "2h", "-a", "delete", "/f")).isZero();
        assertThat(proxy.attributes("/f"))
                .isEqualTo("{\"commonOptions\":{\"ttl\":7200000,\"ttlAction\":\"DELETE\"}}");
        assertThat(run("pin", "/f")).isZero();
        assertThat(proxy.attributes("/f")).isEqualTo("{\"pinned\":true}");
        assertThat(run("chmod", "u+x,go=", "/f")).isZero();
        assertThat(proxy.attributes("/f")).contains("\"ALL\"").contains("\"NONE\"");
        assertThat(run("chown", "bob:users", "/f")).isZero();
        assertThat(proxy.attributes("/f")).isEqualTo("{\"owner\":\"bob\",\"group\":\"users\"}");
    }

    @Test
    void findTreeAndUsage() {
        file("/a.txt", "12345");
        run("mkdir", "/d");
        file("/d/b.txt", "123");

        assertThat(run("find", "--name", "*.txt", "--larger", "4")).isZero();
        assertThat(out).isEqualTo("/a.txt\n");
        assertThat(run("find", "-t", "d")).isZero();
        assertThat(out).isEqualTo("/\n/d\n");
        assertThat(run("tree")).isZero();
        assertThat(out).isEqualTo("/\n├── a.txt\n└── d/\n    └── b.txt\n");
        assertThat(run("du", "-s", "--json", "/")).isZero();
        assertThat(out).isEqualTo("{\"path\":\"/\",\"bytes\":8,\"bytesInMemory\":8,\"files\":2}\n");
    }

    @Test
    void doctorLeavesNothingBehind() throws IOException {
        run("doctor", "--json", "--data", folder.toString(), "--node", "forebay://127.0.0.1:1");

        assertThat(out).contains("sync latency").contains("open files").contains("port 39999");
        try (var names = Files.list(folder)) {
            assertThat(names).isEmpty();
        }
    }

    @Test
    void aFileCanBeShownAsConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("p"), "b=2\na=1\n");

        assertThat(run("config", "--file", file.toString())).isZero();
        assertThat(out).isEqualTo("a=1\nb=2\n");
        assertThat(run("config", "--file", file.toString(), "c")).isEqualTo(3);
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(run("completion", "bash")).isZero();
        assertThat(out).contains("unmount").contains("compgen");
    }

    @Test
    void aReaderThatWentAwayEndsTheCommand() {
        file("/f", "text");
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int value) throws IOException {
                        throw new IOException("closed");
                    }
                };
        Console console =
                new Console(
                        new ByteArrayInputStream(input),
                        new PrintStream(closed, true, UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                        Map.of("FOREBAY_NODE", proxy.uri()),
                        false);

        assertThat(Main.run(console, "cat", "/f")).isEqualTo(141);
    }

    @Test
    void aProxyHasNoAdminListener() {
        assertThat(URI.create(proxy.uri()).getScheme()).isEqualTo("alluxio");
        assertThat(run("status")).isEqualTo(9);
        assertThat(err).contains("forebay://");
        assertThat(run("version")).isZero();
        assertThat(out).contains("not reachable");
    }
}
