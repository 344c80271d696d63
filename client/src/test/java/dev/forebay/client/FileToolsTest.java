package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.base.Randomness;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class FileToolsTest {
    @TempDir private Path folder;
    private FakeProxy proxy;
    private FileClient files;
    private FileTools tools;

    @BeforeEach
    void start() throws IOException {
        proxy = new FakeProxy(true);
        files = FileClient.connect(proxy.uri());
        tools = new FileTools(files);
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private void file(String path, String text) {
        CreateOptions recursive = CreateOptions.DEFAULT.withRecursive(true).withOverwrite(true);
        try (FileWriter writer = files.create(path, recursive)) {
            writer.write(java.nio.ByteBuffer.wrap(text.getBytes(UTF_8)));
        }
    }

    @Test
    void theExampleOfTheHdfs3Reference() {
        file("/file.csv", "Alice, 100\nBob, 200\nCharlie, 300");
        byte[] newline = {'\n'};

        assertThat(tools.readBlock("/file.csv", new ByteRange(0, 13)))
                .asString()
                .isEqualTo("Alice, 100\nBo");
        assertThat(tools.readBlock("/file.csv", new ByteRange(0, 13), newline))
                .asString()
                .isEqualTo("Alice, 100\nBob, 200");
        assertThat(tools.readBlock("/file.csv", new ByteRange(13, 13), newline))
                .asString()
                .isEqualTo("Charlie, 300");
        assertThat(tools.readBlock("/file.csv", new ByteRange(26, 13), newline)).isEmpty();
    }

    @Test
    void blocksSideBySideGiveEveryRecordOnce() {
        long only = Long.getLong("seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? 20 : only); seed++) {
            Randomness randomness = Randomness.seeded(seed);
            String delimiter = List.of("\n", "--", "aba").get(randomness.below(3));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                text.append("r").append(i).append("x".repeat(randomness.below(12)));
                text.append(i < 39 ? delimiter : "");
            }
            file("/f", text.toString());
            int step = 1 + randomness.below(60);
            StringBuilder joined = new StringBuilder();
            for (int offset = 0; offset < text.length(); offset += step) {
                byte[] block =
                        tools.readBlock(
                                "/f", new ByteRange(offset, step), delimiter.getBytes(UTF_8));
                if (block.length > 0) {
                    joined.append(joined.isEmpty() ? "" : delimiter);
                    joined.append(new String(block, UTF_8));
                }
            }
            assertThat(joined.toString()).as("seed %d", seed).isEqualTo(text.toString());
        }
    }

    @Test
    void headAndTailAreCutAtTheEnds() {
        file("/f", "0123456789");

        assertThat(tools.head("/f", 3)).asString().isEqualTo("012");
        assertThat(tools.tail("/f", 3)).asString().isEqualTo("789");
        assertThat(tools.head("/f", FileTools.END_SIZE)).asString().isEqualTo("0123456789");
        assertThat(tools.tail("/f", FileTools.END_SIZE)).asString().isEqualTo("0123456789");
        assertThat(tools.head("/f", 0)).isEmpty();
        assertThat(tools.cat("/f")).asString().isEqualTo("0123456789");
    }

    @Test
    void globsListOnlyWhatCanMatch() {
        file("/a/x/1.txt", "");
        file("/a/y/2.txt", "");
        file("/a/y/z/3.txt", "");
        file("/b/4.txt", "");

        assertThat(tools.glob("/a/*/*.txt")).containsExactly("/a/x/1.txt", "/a/y/2.txt");
        assertThat(tools.glob("/a/**/*.txt"))
                .containsExactly("/a/x/1.txt", "/a/y/2.txt", "/a/y/z/3.txt");
        assertThat(tools.glob("/[ab]")).containsExactly("/a", "/b");
        assertThat(tools.glob("/a/?/none")).isEmpty();
        assertThat(tools.glob("/b")).containsExactly("/b/4.txt");
        assertThat(tools.glob("/b/4.txt")).containsExactly("/b/4.txt");
        assertThat(tools.glob("/none")).isEmpty();
        int before = proxy.requests().size();
        tools.glob("/b/*.txt");
        assertThat(proxy.requests().subList(before, proxy.requests().size()))
                .containsExactly("list-status /b");
    }

    @Test
    void walksAndSums() {
        file("/a/f", "12345");
        file("/a/d/g", "678");

        assertThat(tools.walk("/a").map(WalkStep::path)).containsExactly("/a", "/a/d");
        assertThat(files.walk("/").map(FileStatus::path))
                .containsExactly("/a", "/a/d", "/a/d/g", "/a/f");
        assertThat(tools.diskUsage("/a", false)).isEqualTo(Map.of("/a/f", 5L));
        assertThat(tools.diskUsage("/a", true)).isEqualTo(Map.of("/a/f", 5L, "/a/d/g", 3L));
    }

    @Test
    void filesGoBothWays() throws IOException {
        byte[] bytes = Randomness.seeded(3).bytes(AlluxioWriter.PIECE + 12_345);
        Path local = Files.write(folder.resolve("in"), bytes);

        assertThat(tools.put(local, "/f")).isEqualTo(bytes.length);
        assertThat(tools.get("/f", folder.resolve("out"))).isEqualTo(bytes.length);
        assertThat(folder.resolve("out")).hasBinaryContent(bytes);
        assertThat(tools.copy("/f", "/g")).isEqualTo(bytes.length);
        assertThat(proxy.bytes("/g")).isEqualTo(bytes);
    }

    @Test
    void aFailedGetLeavesTheOldFileAndNothingElse() throws IOException {
        Path local = Files.writeString(folder.resolve("out"), "old");

        assertThatThrownBy(() -> tools.get("/none", local))
                .isInstanceOf(FilesException.NotFound.class);
        assertThat(local).hasContent("old");
        try (var names = Files.list(folder)) {
            assertThat(names).containsExactly(local);
        }
    }

    @Test
    void aFailedPutLeavesNothing() throws IOException {
        Path local = Files.writeString(folder.resolve("in"), "text");
        proxy.refuse("write");

        assertThatThrownBy(() -> tools.put(local, "/f"))
                .isInstanceOf(FilesException.ResourceExhausted.class);
        assertThat(files.find("/f")).isEmpty();
        assertThatThrownBy(() -> tools.put(folder.resolve("none"), "/f"))
                .isInstanceOf(FilesException.NotFound.class)
                .hasMessageContaining("none");
    }

    @Test
    void mergeKeepsTheOrderOfNames() {
        file("/d/b", "2");
        file("/d/a", "1");
        file("/d/sub/c", "3");

        tools.merge("/d", folder.resolve("all"));
        assertThat(folder.resolve("all")).hasContent("12");
    }

    @Test
    void linesAreText() {
        file("/f", "eins\nzwei\r\ndreié");

        try (var lines = tools.lines("/f")) {
            assertThat(lines).containsExactly("eins", "zwei", "dreié");
        }
    }

    @Test
    void touchLeavesWhatIsThere() {
        file("/f", "text");
        tools.touch("/f");
        tools.touch("/g");

        assertThat(proxy.bytes("/f")).isEqualTo("text".getBytes(UTF_8));
        assertThat(proxy.bytes("/g")).isEmpty();
    }

    @Test
    void aDirectoryIsAMap() {
        Map<String, byte[]> map = tools.asMap("/m");
        map.put("a/b", new byte[] {1});
        map.put("c", new byte[] {2});
        map.put("c", new byte[] {3});

        assertThat(map.keySet()).containsExactly("a/b", "c");
        assertThat(map.get("c")).containsExactly(3);
        assertThat(map.get("d")).isNull();
        assertThat(map.containsKey("a")).isFalse();
        assertThat(proxy.bytes("/m/a/b")).containsExactly(1);
        assertThat(map.remove("c")).containsExactly(3);
        assertThat(map).hasSize(1);
        map.clear();
        assertThat(map).isEmpty();
    }

    @Test
    void aNameThatIsNotUtf8KeepsItsBytes() {
        file("/x\udcffy", "text");

        assertThat(files.list("/").map(FileStatus::path)).containsExactly("/x\udcffy");
        assertThat(tools.cat("/x\udcffy")).asString().isEqualTo("text");
    }

    @Test
    void namesWithEveryAwkwardCharacterSurvive() {
        for (String name :
                List.of(
                        "a b",
                        "100%",
                        "p%20q",
                        "p+q",
                        "s;t",
                        "q?r",
                        "h#i",
                        "ü☃\uD83D\uDE00",
                        "b\\s",
                        "q'\"<>")) {
            file("/" + name, name);
            assertThat(tools.cat("/" + name)).asString().isEqualTo(name);
            files.rename("/" + name, "/renamed " + name);
            files.delete("/renamed " + name);
        }
        assertThat(files.list("/")).isEmpty();
    }
}
