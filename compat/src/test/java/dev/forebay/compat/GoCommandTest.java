package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every command of the Go client, with what it does and what it refuses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoCommandTest {
    private static final int BLOCK = 16 << 20;
    private static final int LARGE = 64 << 20;
    private static final Path NO_INPUT = Path.of("/dev/null");

    private Path folder;
    private NodeProcess node;
    private GoCommand command;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        // before the node, which nobody needs without it
        GoCommand.find(folder, "");
        node = NodeProcess.start(folder, Map.of("hdfs.block-size", Integer.toString(BLOCK)));
        command = GoCommand.find(folder, "127.0.0.1:" + node.port("hdfs"));
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (node != null) {
            node.stop();
        }
    }

    private String good(String... arguments) throws IOException, InterruptedException {
        return command.good(arguments);
    }

    private String bad(String... arguments) throws IOException, InterruptedException {
        return command.bad(arguments);
    }

    /** Writes a file from standard input. */
    private void write(String path, String text) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("input"), text);
        GoCommand.Outcome outcome = command.run(NodeProcess.USER, input, "put", "-", path);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
    }

    private String as(String user, String... arguments) throws IOException, InterruptedException {
        GoCommand.Outcome outcome = command.run(user, NO_INPUT, arguments);
        return outcome.code() + " " + outcome.out() + outcome.err();
    }

    @Test
    void directoriesAreMade() throws Exception {
        assertThat(bad("mkdir", "/dirs/a/b")).isEqualTo("mkdir /dirs/a/b: file does not exist\n");
        good("mkdir", "-p", "/dirs/a/b", "/dirs/c");
        good("mkdir", "-p", "/dirs/a/b");
        assertThat(bad("mkdir", "/dirs/a")).isEqualTo("mkdir /dirs/a: file already exists\n");
        good("touch", "/dirs/f");
        assertThat(bad("mkdir", "-p", "/dirs/f/x")).contains("/dirs/f/x");
        assertThat(bad("mkdir", "/dirs/*")).contains("file does not exist");
        assertThat(good("ls", "/dirs")).isEqualTo("a\nc\nf\n");
    }

    @Test
    void listingsShowWhatIsAskedFor() throws Exception {
        good("mkdir", "-p", "/list/d", "/list/.hidden");
        write("/list/f", "x".repeat(2_000));
        assertThat(good("ls", "/list")).isEqualTo("d\nf\n");
        assertThat(good("ls", "-a", "/list")).isEqualTo(".\n..\n.hidden\nd\nf\n");
        assertThat(good("ls", "/list/f", "/list/d", "/list"))
                .isEqualTo("/list/f\n\n/list/d/:\n\n/list/:\nd\nf\n");
        assertThat(good("ls", "-l", "/list"))
                .containsPattern("drwxr-xr-x +" + NodeProcess.USER + " .* 0 .* d\n")
                .containsPattern("-rw-r--r-- +" + NodeProcess.USER + " .* 2000 .* f\n");
        assertThat(good("ls", "-lh", "/list/f")).contains(" 2.0K ");
        assertThat(good("ls", "-la", "/list")).contains(" .\n", " ..\n", " .hidden\n");
        assertThat(bad("ls", "/list/none")).isEqualTo("stat /list/none: file does not exist\n");
        assertThat(bad("ls", "/list/f/below")).contains("/list/f/below");
        assertThat(bad("ls", "/list/z*")).isEqualTo("stat /list/z*: file does not exist\n");
    }

    @Test
    void patternsFindNames() throws Exception {
        good("mkdir", "-p", "/find/x1", "/find/x2", "/find/y");
        good("touch", "/find/x1/a.txt", "/find/x1/b.txt", "/find/x2/a.txt", "/find/y/a.txt");
        assertThat(good("ls", "/find/x*/a.txt")).isEqualTo("/find/x1/a.txt\n/find/x2/a.txt\n");
        assertThat(good("ls", "/find/x1/[ab].txt")).isEqualTo("/find/x1/a.txt\n/find/x1/b.txt\n");
        assertThat(good("ls", "/f*/[x-y]*/b.*")).isEqualTo("/find/x1/b.txt\n");
        good("rm", "/find/*/a.txt");
        assertThat(good("ls", "/find/x1")).isEqualTo("b.txt\n");
    }

    @Test
    void aListingGoesOnBehindAPage() throws Exception {
        Path many = Files.createDirectories(folder.resolve("many"));
        String names =
                IntStream.range(0, 1_205)
                        .mapToObj("n%05d"::formatted)
                        .collect(Collectors.joining("\n", "", "\n"));
        for (String name : names.lines().toList()) {
            Files.createFile(many.resolve(name));
        }
        good("put", many.toString(), "/many");
        assertThat(good("ls", "/many")).isEqualTo(names);
    }

    @Test
    void filesAreTouchedMovedAndRemoved() throws Exception {
        good("mkdir", "-p", "/move/d", "/move/e");
        good("touch", "/move/f", "/move/g");
        good("touch", "/move/f");
        assertThat(bad("touch", "-c", "/move/none"))
                .isEqualTo("stat /move/none: file does not exist\n");
        assertThat(bad("touch", "/move/none/f")).contains("file does not exist");
        good("mv", "/move/f", "/move/h");
        assertThat(bad("mv", "-n", "/move/h", "/move/g"))
                .isEqualTo("rename /move/g: file already exists\n");
        good("mv", "/move/h", "/move/g");
        good("mv", "/move/g", "/move/d");
        good("mv", "-T", "/move/e", "/move/d2");
        good("mv", "/move/d*", "/");
        assertThat(good("ls", "/move")).isEmpty();
        assertThat(good("ls", "/d")).isEqualTo("g\n");
        assertThat(bad("mv", "-T", "/d/g", "/d2")).contains("Can't replace directory");
        assertThat(bad("mv", "/none", "/x")).isEqualTo("rename /none: file does not exist\n");
        assertThat(bad("rm", "/d")).isEqualTo("remove /d: file is a directory\n");
        assertThat(bad("rm", "/none")).isEqualTo("remove /none: file does not exist\n");
        good("rm", "-f", "/none");
        good("rm", "-r", "/d", "/d2");
        assertThat(good("ls", "/")).doesNotContain("d2\n");
    }

    @Test
    void modesAndOwnersChange() throws Exception {
        good("mkdir", "-p", "/mode/d");
        good("touch", "/mode/d/f");
        good("chmod", "700", "/mode");
        good("chmod", "-R", "1751", "/mode/d");
        good("chown", "-R", "ann:staff", "/mode/d");
        good("chown", "ann", "/mode");
        assertThat(good("ls", "-la", "/mode/d"))
                .containsPattern("rwxr-x--x +ann +staff .* \\.\n")
                .containsPattern("rwx------ +ann +ann .* \\.\\.\n")
                .containsPattern("rwxr-x--x +ann +staff .* f\n");
        assertThat(bad("chmod", "9", "/mode")).isEqualTo("invalid octal mode: 9\n");
        assertThat(bad("chmod", "700", "/none")).contains("file does not exist");
        assertThat(bad("chown", "-R", "bob", "/none")).contains("file does not exist");
        assertThat(as("ann", "chmod", "755", "/mode")).startsWith("0");
        assertThat(as("bob", "chmod", "777", "/mode"))
                .isEqualTo("1 chmod /mode: permission denied\n");
        assertThat(as("ann", "chown", "bob", "/mode"))
                .isEqualTo("1 chown /mode: permission denied\n");
    }

    @Test
    void theUserIsWhomTheEnvironmentNames() throws Exception {
        good("mkdir", "-p", "/user/carla");
        good("chown", "carla:carla", "/user/carla");
        assertThat(as("carla", "mkdir", "-p", "/user/carla/d")).startsWith("0");
        assertThat(as("carla", "ls")).isEqualTo("0 d\n");
        assertThat(as("carla", "touch", "/no-right"))
                .isEqualTo("1 create /no-right: permission denied\n");
        good("chmod", "700", "/user/carla");
        assertThat(as("dave", "ls", "/user/carla")).startsWith("1 ").contains("permission denied");
        assertThat(as("dave", "rm", "-r", "/user/carla/d")).contains("permission denied");
        assertThat(as("carla", "rm", "-r", "/user/carla/d")).startsWith("0");
    }

    @Test
    void textIsShownWholeAndInParts() throws Exception {
        String lines =
                IntStream.rangeClosed(1, 5_000)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining("\n", "", "\n"));
        good("mkdir", "/text");
        write("/text/lines", lines);
        write("/text/more", "end");
        assertThat(good("cat", "/text/lines", "/text/more")).isEqualTo(lines + "end");
        assertThat(good("cat", "/text/m*")).isEqualTo("end");
        assertThat(good("head", "/text/lines")).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
        assertThat(good("head", "-n", "2", "/text/lines")).isEqualTo("1\n2\n");
        assertThat(good("head", "-c", "3", "/text/lines")).isEqualTo("1\n2");
        assertThat(good("tail", "-n", "2", "/text/lines")).isEqualTo("4999\n5000\n");
        assertThat(good("tail", "-n", "3000", "/text/lines"))
                .startsWith("2001\n")
                .endsWith("\n5000\n");
        assertThat(good("tail", "-c", "3", "/text/lines")).isEqualTo("00\n");
        assertThat(bad("tail", "-n", "1", "-c", "1", "/text/lines")).contains("both");
        assertThat(bad("cat", "/text")).isEqualTo("cat /text: file is a directory\n");
        assertThat(bad("cat", "/none")).isEqualTo("open /none: file does not exist\n");
        assertThat(bad("head", "/text", "/none"))
                .isEqualTo("open /text: file is a directory\nopen /none: file does not exist\n");
        assertThat(bad("tail", "/none")).isEqualTo("open /none: file does not exist\n");
    }

    @Test
    void whatIsUsedIsSummedUp() throws Exception {
        good("mkdir", "-p", "/sums/d");
        write("/sums/a", "x".repeat(3_000));
        write("/sums/d/b", "y".repeat(100));
        assertThat(good("du", "/sums").lines().map(line -> line.replaceAll("\\s+", " ")))
                .containsExactly("3000 /sums/a", "100 /sums/d/b", "100 /sums/d", "3100 /sums");
        assertThat(good("du", "-s", "/sums")).startsWith("3100 ").hasLineCount(1);
        assertThat(good("du", "-sh", "/sums")).startsWith("3.0K ");
        assertThat(bad("du", "/none")).contains("stat /none: file does not exist");
        assertThat(good("df")).hasLineCount(2).contains("Filesystem", "127.0.0.1:");
        assertThat(good("df", "-h")).containsPattern("[0-9.]+[MGT] ");
    }

    @Test
    void checksumsAreThoseOfHadoop() throws Exception {
        good("mkdir", "/checked");
        write("/checked/f", "some text");
        String shown = good("checksum", "/checked/f");
        try (FileSystem hadoop =
                FileSystem.newInstance(node.hdfs(), new Configuration(), NodeProcess.USER)) {
            byte[] whole =
                    hadoop.getFileChecksum(new org.apache.hadoop.fs.Path("/checked/f")).getBytes();
            String md5 = HexFormat.of().formatHex(Arrays.copyOfRange(whole, 12, 28));
            assertThat(shown).isEqualTo(md5 + " /checked/f\n");
        }
        assertThat(bad("checksum", "/none")).isEqualTo("open /none: file does not exist\n");
        assertThat(bad("checksum", "/checked")).contains("/checked");
    }

    @Test
    void filesAreTruncated() throws Exception {
        write("/cut", "0123456789");
        good("truncate", "4", "/cut");
        assertThat(good("cat", "/cut")).isEqualTo("0123");
        good("truncate", "0", "/cut");
        assertThat(good("cat", "/cut")).isEmpty();
        assertThat(bad("truncate", "4", "/cut")).isEqualTo("truncate /cut: invalid argument\n");
        assertThat(bad("truncate", "0", "/none"))
                .isEqualTo("truncate /none: file does not exist\n");
        assertThat(bad("truncate", "x", "/cut")).contains("invalid syntax");
    }

    @Test
    void foldersAreCopiedBothWays() throws Exception {
        Path tree = folder.resolve("tree");
        Path local = Files.createDirectories(tree.resolve("sub"));
        Files.writeString(local.resolve("b"), "b\n");
        Files.writeString(tree.resolve("a"), "a\n");
        good("put", tree.toString(), "/tree");
        good("mkdir", "/in");
        good("put", tree.toString(), "/in");
        assertThat(good("cat", "/tree/a", "/in/tree/sub/b")).isEqualTo("a\nb\n");
        assertThat(bad("put", tree.toString(), "/tree/a"))
                .isEqualTo("mkdir /tree/a: file already exists\n");
        assertThat(bad("put", folder.resolve("none").toString(), "/x")).contains("no such file");
        assertThat(bad("put", local.resolve("b").toString(), "/none/x"))
                .contains("file does not exist");

        Path back = folder.resolve("back");
        good("get", "/tree", back.toString());
        assertThat(back.resolve("sub/b")).hasContent("b\n");
        good("get", "/tree/a");
        assertThat(folder.resolve("a")).hasContent("a\n");
        assertThat(bad("get", "/none", folder.resolve("x").toString()))
                .contains("/none: file does not exist");

        write("/tree/c", "c");
        Path merged = folder.resolve("merged");
        good("getmerge", "/tree", merged.toString());
        assertThat(merged).hasContent("a\nc");
        good("getmerge", "-n", "/tree", merged.toString());
        assertThat(merged).hasContent("a\n\nc\n");
        assertThat(bad("getmerge", "/none", merged.toString())).contains("file does not exist");
    }

    @Test
    void aLargeFileGoesBothWays() throws Exception {
        byte[] bytes = new byte[LARGE + 4_321];
        new Random(1).nextBytes(bytes);
        Path local = Files.write(folder.resolve("large"), bytes);
        good("put", local.toString(), "/large");
        Path back = folder.resolve("large.back");
        good("get", "/large", back.toString());
        assertThat(Files.mismatch(local, back)).isEqualTo(-1);
        try (FileSystem hadoop =
                FileSystem.newInstance(node.hdfs(), new Configuration(), NodeProcess.USER)) {
            var path = new org.apache.hadoop.fs.Path("/large");
            assertThat(hadoop.getFileBlockLocations(path, 0, Long.MAX_VALUE)).hasSize(5);
            try (var stream = hadoop.open(path)) {
                assertThat(stream.readAllBytes()).isEqualTo(bytes);
            }
        }
        good("rm", "/large");
    }

    @Test
    void addressesAndConfigurationNameTheService() throws Exception {
        GoCommand bare = GoCommand.find(folder, "");
        String url = node.hdfs().toString();
        bare.good("mkdir", "-p", url + "/by-url");
        assertThat(bare.good("ls", url + "/")).contains("by-url\n");
        assertThat(bare.bad("ls", "/")).contains("Couldn't find a namenode");
        assertThat(bare.bad("ls", "hdfs://127.0.0.1:1/")).contains("Couldn't connect to namenode");
        assertThat(bare.bad("ls", url + "/", "hdfs://other/")).contains("Multiple namenode");
    }

    @Test
    void theShellIsHelpedAndWrongWordsAreRefused() throws Exception {
        good("mkdir", "-p", "/complete/one", "/complete/other");
        assertThat(good("complete", "hdfs ls /complete/o"))
                .isEqualTo(" /complete/one/ /complete/other/\n");
        assertThat(good("complete")).contains("getmerge", "checksum");
        assertThat(command.run("help").code()).isZero();
        assertThat(command.run("nonsense").code()).isEqualTo(2);
        assertThat(command.run().code()).isEqualTo(2);
        assertThat(command.run("mv", "/a").code()).isEqualTo(2);
    }
}
