package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Randomness;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectClient.ObjectContent;
import dev.forebay.client.rest.Json;
import dev.forebay.client.rest.JsonInput;
import dev.forebay.gateway.admin.NodeStatus;
import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The commands for objects against a node, from their arguments to exit code and output. */
// the node is started before all tests, which the null checker does not follow
@SuppressWarnings("NullAway.Init")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectCommandTest {
    private static final String ID = "00".repeat(19) + "01";
    private static final String OTHER = "00".repeat(19) + "02";

    private Path folder;
    private NodeServer server;
    private String out = "";
    private String err = "";
    private byte[] raw = new byte[0];
    private byte[] input = new byte[0];

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        server = NodeServer.start(config("data"));
    }

    private NodeConfig config(String data) {
        return NodeConfig.at(folder.resolve(data))
                .with("arena.capacity", "16MB")
                .with("disk.reserve", "1MB")
                .withFreePorts();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void clear() {
        try (ObjectClient client = ObjectClient.connect(folder.resolve("data/plasma"))) {
            client.list().forEach(object -> client.delete(object.id()));
        }
    }

    private static String uri(NodeServer server) {
        return server.listening().stream()
                .filter(each -> each.name().equals("admin"))
                .mapToInt(NodeStatus.Listening::port)
                .mapToObj(port -> "forebay://127.0.0.1:" + port)
                .findFirst()
                .orElseThrow();
    }

    private int run(String... args) {
        return runWith(Map.of("FOREBAY_NODE", uri(server)), args);
    }

    private int runWith(Map<String, String> environment, String... args) {
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
        raw = output.toByteArray();
        out = output.toString(UTF_8);
        err = errors.toString(UTF_8);
        return code;
    }

    private Json json(String... args) throws IOException {
        assertThat(run(args)).as(err).isZero();
        return JsonInput.read(out);
    }

    @Test
    void objectsGoInAndOut() throws IOException {
        byte[] bytes = Randomness.seeded(3).bytes(3_000_000);
        Path local = Files.write(folder.resolve("in"), bytes);

        assertThat(run("obj", "put", local.toString(), "--id", ID, "--metadata", "über")).isZero();
        assertThat(out).isEqualTo(ID + "\n");
        assertThat(run("obj", "get", ID)).isZero();
        assertThat(raw).isEqualTo(bytes);
        assertThat(run("obj", "get", ID, "-", "--metadata")).isZero();
        assertThat(out).isEqualTo("über");
        Path back = folder.resolve("back");
        assertThat(run("obj", "get", ID, back.toString())).isZero();
        assertThat(back).hasBinaryContent(bytes);
        assertThat(run("obj", "get", ID, back.toString())).isEqualTo(4);
        assertThat(run("obj", "get", "--metadata", "-f", ID, back.toString())).isZero();
        assertThat(back).hasContent("über");
    }

    @Test
    void standardInputBecomesAnObjectOfARandomName() throws IOException {
        input = "from input".getBytes(UTF_8);
        Json first = json("obj", "put", "--json", "-");
        Json second = json("obj", "put", "--json", "-");
        String id = first.field("id").text().orElseThrow();
        assertThat(id).hasSize(40).isNotEqualTo(second.field("id").text().orElseThrow());
        assertThat(first.field("dataLength").whole(0)).isEqualTo(10);
        assertThat(run("obj", "get", id)).isZero();
        assertThat(out).isEqualTo("from input");
        input = new byte[0];
        assertThat(run("obj", "put", "-", "--id", ID)).isZero();
        assertThat(run("obj", "get", ID)).isZero();
        assertThat(out).isEmpty();
    }

    @Test
    void objectsAreListedAndDescribed() throws IOException {
        assertThat(run("obj", "ls", "--json")).isZero();
        assertThat(out).isEmpty();
        input = new byte[5];
        run("obj", "put", "-", "--id", ID, "--metadata", "abc");

        Json entry = json("obj", "ls", "--json");
        assertThat(entry).isEqualTo(json("obj", "stat", "--json", ID));
        assertThat(entry.field("id").text()).contains(ID);
        assertThat(entry.field("dataLength").whole(0)).isEqualTo(5);
        assertThat(entry.field("metadataLength").whole(0)).isEqualTo(3);
        assertThat(entry.field("references").whole(9)).isZero();
        assertThat(entry.field("state").text()).contains("SEALED");
        assertThat(run("obj", "ls")).isZero();
        assertThat(out.lines().toList().get(1)).matches(ID + " +5 +3 +0 sealed  \\d+s");
        assertThat(run("obj", "stat", ID)).isZero();
        assertThat(out).contains("data          5 (5B)").contains("state         sealed");
    }

    @Test
    void objectsGoByNameOrByAge() throws IOException {
        input = new byte[1000];
        run("obj", "put", "-", "--id", ID);
        run("obj", "put", "-", "--id", OTHER);

        assertThat(run("obj", "evict", "1KB")).isZero();
        assertThat(out).isEqualTo("2000\n");
        run("obj", "put", "-", "--id", ID);
        run("obj", "put", "-", "--id", OTHER);
        assertThat(json("obj", "evict", "--json", "5").field("evictedBytes").whole(0))
                .isEqualTo(1000);
        assertThat(run("obj", "rm", ID, OTHER)).isEqualTo(1);
        assertThat(run("obj", "rm", ID)).isEqualTo(3);
        assertThat(run("obj", "rm", "-f", ID)).isZero();
        assertThat(run("obj", "ls", "--json")).isZero();
        assertThat(out).isEmpty();
    }

    @Test
    void anObjectBecomesAFile() {
        input = Randomness.seeded(4).bytes(2_500_000);
        run("obj", "put", "-", "--id", ID);
        byte[] bytes = input;
        input = new byte[0];

        assertThat(run("obj", "save", ID, "/saved")).as(err).isZero();
        assertThat(run("cat", "/saved")).isZero();
        assertThat(raw).isEqualTo(bytes);
        assertThat(run("obj", "save", ID, "/saved")).isEqualTo(4);
        assertThat(run("obj", "put", "-", "--id", OTHER)).isZero();
        assertThat(run("obj", "save", "-f", OTHER, "/saved")).as(err).isZero();
        assertThat(run("cat", "/saved")).isZero();
        assertThat(raw).isEmpty();
        assertThat(run("obj", "save", ID, "/none/file")).isEqualTo(3);
        assertThat(run("cat", "/objects/" + ID)).isZero();
        assertThat(raw).isEqualTo(bytes);
    }

    @Test
    void eventsAreLines() throws IOException {
        input = new byte[7];
        run("obj", "put", "-", "--id", ID);

        assertThat(run("obj", "watch", "-n", "1")).isZero();
        assertThat(out).isEqualTo("sealed " + ID + " 7 0\n");
        assertThat(json("obj", "watch", "--json", "-n", "1").field("event").text())
                .contains("sealed");
    }

    @Test
    void aWatcherHearsOfTheEndOfTheStore() throws InterruptedException {
        NodeServer ending = NodeServer.start(config("ending"));
        Path socket = folder.resolve("ending/plasma");
        try (ObjectClient client = ObjectClient.connect(socket)) {
            client.createAndSeal(ObjectContent.of(ObjectId.parse(ID), new byte[1]));
        }
        int[] code = new int[1];
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        PrintStream first =
                new PrintStream(lines, true, UTF_8) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        super.write(bytes, offset, length);
                        ending.close();
                    }
                };
        Console console =
                new Console(
                        new ByteArrayInputStream(input),
                        first,
                        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                        Map.of(),
                        false);
        code[0] = Main.run(console, "obj", "watch", "--socket", socket.toString());
        assertThat(code[0]).isEqualTo(6);
        assertThat(lines.toString(UTF_8)).startsWith("sealed " + ID).contains(" 1 0\n");
    }

    @Test
    void failuresHaveTheirNumberAndSayWhatToDo() throws IOException {
        input = new byte[1];
        run("obj", "put", "-", "--id", ID);

        assertThat(run("obj", "put", "-", "--id", ID)).isEqualTo(4);
        assertThat(err).contains(ID).contains("forebay obj rm");
        assertThat(run("obj", "get", OTHER)).isEqualTo(3);
        assertThat(err).contains("no such object").contains("forebay obj ls");
        assertThat(run("obj", "get", OTHER, "--timeout", "50ms")).isEqualTo(3);
        assertThat(run("obj", "stat", ID, OTHER)).isEqualTo(1);
        assertThat(run("obj", "stat", "--json", OTHER)).isEqualTo(3);
        assertThat(JsonInput.read(err).field("error").text()).contains("NOT_FOUND");
        assertThat(run("obj", "save", OTHER, "/f")).isEqualTo(3);
        assertThat(run("obj", "put", folder.resolve("none").toString())).isEqualTo(3);
        assertThat(run("obj", "put", folder.toString())).isEqualTo(1);
        input = new byte[17 << 20];
        assertThat(run("obj", "put", "-")).isEqualTo(7);
        assertThat(err).contains("obj evict");
    }

    @Test
    void aWrongCommandLineIsUsage() {
        assertThat(run("obj")).isEqualTo(2);
        assertThat(out).contains("watch").contains("evict");
        assertThat(run("obj", "get", "abc")).isEqualTo(2);
        assertThat(err).contains("40 hexadecimal digits").contains("forebay obj get --help");
        assertThat(run("obj", "nonsense")).isEqualTo(2);
        assertThat(run("obj", "evict", "some")).isEqualTo(2);
        assertThat(run("obj", "get")).isEqualTo(2);
        for (String command :
                new String[] {"ls", "stat", "get", "put", "rm", "evict", "save", "watch"}) {
            assertThat(run("obj", command, "--help")).isZero();
            assertThat(out).contains("Usage: forebay obj " + command).contains("--socket");
        }
    }

    @Test
    void theSocketIsTheNodesUnlessTold() {
        String none = folder.resolve("none").toString();
        assertThat(run("obj", "ls", "--socket", none)).isEqualTo(6);
        assertThat(err).contains(none).contains("--socket");
        String nowhere = "forebay://127.0.0.1:1";
        assertThat(run("obj", "ls", "--node", nowhere)).isEqualTo(6);
        String socket = folder.resolve("data/plasma").toString();
        assertThat(run("obj", "ls", "--node", nowhere, "--socket", socket)).isZero();
        try (NodeServer without = NodeServer.start(config("w").with("plasma.enabled", "false"))) {
            assertThat(run("obj", "ls", "--node", uri(without))).isEqualTo(9);
        }
    }

    @Test
    void theStatusShowsObjectsAndAMapOfTheMemory() {
        input = new byte[6400];
        run("obj", "put", "-", "--id", ID);

        assertThat(run("status")).isZero();
        assertThat(out)
                .contains("  objects          1\n")
                .contains("  capacityBytes    16.0M\n")
                .containsPattern("  map +[.▁▂▃▄▅▆▇█]*█[.▁▂▃▄▅▆▇█]*\\n");
    }

    @Test
    void filesAreLent() throws IOException {
        input = Randomness.seeded(5).bytes(100_000);
        assertThat(run("put", "--block-size", "64KB", "-", "/lent")).as(err).isZero();

        Json file = json("lend", "--json", "/lent");
        assertThat(file.field("length").whole(0)).isEqualTo(100_000);
        assertThat(file.field("blocks").items()).hasSize(2);
        String block = file.field("blocks").items().getFirst().text().orElseThrow();
        assertThat(run("obj", "get", block)).isZero();
        assertThat(raw).isEqualTo(Arrays.copyOf(input, 65_536));
        assertThat(run("lend", "/lent")).isZero();
        assertThat(out)
                .contains("generation    " + file.field("generation").text().orElseThrow())
                .contains("block         " + block);
        assertThat(run("lend", "/none")).isEqualTo(3);
    }
}
