package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.client.DeleteOptions;
import dev.forebay.client.FileClient;
import dev.forebay.testkit.PythonEnvironment;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What README, pages and banner give people to paste works when pasted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnippetsTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Path folder;
    private ForebayHome home;
    private NodeProcess node;
    private FileClient files;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        home = ForebayHome.make(Files.createDirectory(folder.resolve("home")));
        node = home.up();
        files = FileClient.connect(uri());
        Path user = Files.createDirectories(folder.resolve("user/data/hot"));
        Files.writeString(user.resolve("file"), "hot");
        Files.writeString(user.resolveSibling("readme.txt"), "read me\n");
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        files.close();
        node.stop();
    }

    @AfterEach
    void clear() {
        DeleteOptions all = DeleteOptions.DEFAULT.withRecursive(true);
        files.list("/")
                .filter(file -> !file.storage().mountPoint())
                .toList()
                .forEach(file -> files.delete(file.path(), all));
    }

    private String uri() throws IOException {
        return "forebay://127.0.0.1:" + node.port("admin");
    }

    /** Runs the lines with a home folder that holds some data. */
    private List<String> shell(String lines) throws IOException, InterruptedException {
        ProcessBuilder shell = home.shell(lines);
        shell.environment().put("HOME", folder.resolve("user").toString());
        shell.environment().put("FOREBAY_NODE", uri());
        return ChildProcess.run(LIMIT, shell);
    }

    private List<String> java(String lines) throws IOException, InterruptedException {
        String program =
                """
                import dev.forebay.client.*;
                import dev.forebay.node.*;
                import java.nio.file.Path;
                class Snippet {
                    public static void main(String[] arguments) throws Exception {
                %s
                    }
                }
                """
                        .formatted(lines);
        Path source = Files.writeString(folder.resolve("Snippet.java"), program);
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--class-path",
                        System.getProperty("java.class.path"),
                        source.toString());
        return ChildProcess.run(LIMIT, builder.directory(folder.toFile()));
    }

    private static List<String> python(String program) throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        return ChildProcess.run(LIMIT, client.python("-c", program));
    }

    @Test
    void shellLinesOfTheReadme() throws IOException, InterruptedException {
        String lines =
                Snippets.ofPage("README.md", "").stream()
                        .filter(block -> block.startsWith("./forebay put"))
                        .findFirst()
                        .orElseThrow();
        assertThat(shell(lines).getLast()).isEqualTo("read me");
        assertThat(files.stat("/data/hot").residence().pinned()).isTrue();
    }

    @Test
    void shellLinesOfTheBanner() throws IOException, InterruptedException {
        String lines = Snippets.ofBanner(node.banner(), "Shell");
        assertThat(lines.lines()).hasSize(3).last().asString().startsWith("curl http");
        assertThat(shell(lines.replace("curl", fetch()))).anyMatch(it -> it.contains("uptime"));
        assertThat(files.stat("/data/hot/file").length()).isEqualTo(3);
    }

    /** What fetches a URL also where there is no curl. */
    private String fetch() throws IOException {
        Path program = folder.resolve("fetch.py");
        Files.writeString(
                program,
                """
                import sys, urllib.request
                print(urllib.request.urlopen(sys.argv[1]).read().decode())
                """);
        return "python3 " + program;
    }

    @Test
    void javaOfTheReadme() throws IOException, InterruptedException {
        files.createDirectory("/seen");
        String lines = Snippets.ofPage("README.md", "java").getFirst();
        assertThat(lines).contains("\"forebay://localhost\"", "Path.of(\"data\")");
        assertThat(java(lines.replace("forebay://localhost", uri()))).contains("/seen");
        assertThat(folder.resolve("data")).isDirectory();
    }

    @Test
    void javaOverHdfsOfTheReadme() throws IOException, InterruptedException {
        String lines = Snippets.ofPage("README.md", "java").get(1);
        assertThat(lines).contains("hdfs://localhost:8020");
        java(lines.replace("hdfs://localhost:8020", node.hdfs().toString()));
        assertThat(files.stat("/whole").length()).isZero();
    }

    @Test
    void javaOfTheBanner() throws IOException, InterruptedException {
        files.createDirectory("/seen");
        assertThat(java(Snippets.ofBanner(node.banner(), "Java"))).contains("/seen");
    }

    @Test
    void pythonOfTheBanner() throws IOException, InterruptedException {
        List<String> output = python(Snippets.ofBanner(node.banner(), "Python"));
        assertThat(output.getFirst()).contains("Hello, Forebay");
        assertThat(output.getLast()).contains("hello");
    }

    @Test
    void pythonOfTheReadme() throws IOException, InterruptedException {
        String program = Snippets.ofPage("README.md", "python").getFirst();
        assertThat(python(atPort(program)).getFirst()).contains("Hello, Forebay");
        assertThat(files.stat("/logs").storage().mountPoint()).isTrue();
    }

    @Test
    void pythonOfTheGatewaysPage() throws IOException, InterruptedException {
        python(atPort(Snippets.ofPage("docs/gateways/alluxio.md", "python").getFirst()));
        assertThat(files.stat("/hello").length()).isEqualTo(5);
    }

    private static List<String> python(String suite, String program)
            throws IOException, InterruptedException {
        PythonEnvironment environment =
                PythonEnvironment.open(
                        Path.of("target", "python"),
                        Files.readAllLines(Path.of("src/test", suite, "requirements.txt")));
        return ChildProcess.run(
                LIMIT, new ProcessBuilder(environment.program("python").toString(), "-c", program));
    }

    @Test
    void hdfsOfTheBanner() throws IOException, InterruptedException {
        String program = Snippets.ofBanner(node.banner(), "HDFS");
        assertThat(python("python-hdfs", program).getLast()).contains("Hello, HDFS");
        assertThat(files.stat("/hdfs.txt").length()).isEqualTo(11);
    }

    @Test
    void hdfsOfTheReadmeAndOfTheGatewaysPage() throws IOException, InterruptedException {
        String readme =
                Snippets.ofPage("README.md", "python").stream()
                        .filter(block -> block.contains("hdfs_native"))
                        .findFirst()
                        .orElseThrow();
        String page = Snippets.ofPage("docs/gateways/hdfs.md", "python").getFirst();
        for (String program : List.of(readme, page)) {
            assertThat(program).contains("hdfs://localhost:8020");
            String here = program.replace("localhost:8020", "127.0.0.1:" + node.port("hdfs"));
            assertThat(python("python-hdfs", here).getLast()).contains("Hello, HDFS");
        }
    }

    @Test
    void webHdfsOfTheBanner() throws IOException, InterruptedException {
        String program = Snippets.ofBanner(node.banner(), "WebHDFS");
        assertThat(python("python-webhdfs", program).getLast()).contains("web.txt");
        assertThat(files.stat("/web.txt").length()).isEqualTo(14);
    }

    private String atPort(String program) throws IOException {
        assertThat(program).contains("\"localhost\", 39999");
        return program.replace("39999", Integer.toString(node.port("alluxio")));
    }
}
