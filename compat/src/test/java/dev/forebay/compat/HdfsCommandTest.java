package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Commands whose paths name a service of HDFS, with Hadoop in a folder of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HdfsCommandTest {
    private Path folder;
    private NodeProcess node;
    private ForebayCommand command;
    private String hdfs;
    private String web;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        node = NodeProcess.start(folder);
        hdfs = node.hdfs().toString();
        web = "webhdfs://127.0.0.1:" + node.port("webhdfs");
        command =
                ForebayCommand.withoutHadoop(
                        folder,
                        "forebay://127.0.0.1:" + node.port("admin"),
                        Optional.of(folder.resolve("jars")));
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        node.stop();
    }

    private String good(String... arguments) throws IOException, InterruptedException {
        return command.good(arguments);
    }

    @Test
    void verbsTakeAddresses() throws IOException, InterruptedException {
        Path local = Files.writeString(folder.resolve("local.txt"), "text\n");

        good("mkdir", "-p", hdfs + "/d/e");
        good("put", local.toString(), hdfs + "/d/a.txt");
        assertThat(good("cat", hdfs + "/d/a.txt")).isEqualTo("text\n");
        assertThat(good("ls", hdfs + "/d")).isEqualTo(hdfs + "/d/a.txt\n" + hdfs + "/d/e/\n");
        assertThat(good("ls", web + "/d/*.txt")).isEqualTo(web + "/d/a.txt\n");
        assertThat(good("du", "-s", hdfs + "/d")).contains("5").contains(hdfs + "/d");
        good("cp", hdfs + "/d/a.txt", "/from-hdfs");
        assertThat(good("cat", "/from-hdfs")).isEqualTo("text\n");
        good("cp", "/from-hdfs", web + "/d/b.txt");
        good("mv", "-f", hdfs + "/d/b.txt", hdfs + "/d/a.txt");
        Path back = folder.resolve("back");
        good("get", "-r", hdfs + "/d", back.toString());
        assertThat(back.resolve("a.txt")).hasContent("text\n");
        good("rm", "-r", hdfs + "/d");
        assertThat(good("ls", hdfs)).doesNotContain("/d/\n").contains(hdfs + "/from-hdfs");
        assertThat(good("ls", "--node", hdfs, "/")).contains("/from-hdfs\n").doesNotContain(hdfs);
    }

    @Test
    void snapshotsAreMadeComparedAndRemoved() throws IOException, InterruptedException {
        Path local = Files.writeString(folder.resolve("old.txt"), "old\n");
        good("mkdir", hdfs + "/snap");
        good("put", local.toString(), hdfs + "/snap/f");
        good("snapshot", "allow", hdfs + "/snap");
        assertThat(good("snapshot", "create", hdfs + "/snap", "s1"))
                .isEqualTo(hdfs + "/snap/.snapshot/s1\n");
        good("mv", hdfs + "/snap/f", hdfs + "/snap/g");
        assertThat(good("cat", web + "/snap/.snapshot/s1/f")).isEqualTo("old\n");
        assertThat(good("snapshot", "diff", web + "/snap", "s1")).isEqualTo("M .\nR ./f -> ./g\n");
        assertThat(good("snapshot", "diff", "--json", hdfs + "/snap", ".", "s1"))
                .contains("{\"kind\":\"renamed\",\"path\":\"./g\",\"target\":\"./f\"}");
        good("snapshot", "rename", hdfs + "/snap", "s1", "s2");
        assertThat(good("snapshot", "create", hdfs + "/snap")).contains("/snap/.snapshot/s2");
        assertThat(good("snapshot", "ls", hdfs + "/snap").lines())
                .hasSize(2)
                .first()
                .asString()
                .endsWith("Z " + hdfs + "/snap/.snapshot/s2");
        assertThat(good("snapshot", "ls", "--node", hdfs)).isEqualTo("     2 /snap\n");
        assertThat(good("snapshot", "ls")).isEqualTo("     2 /snap\n");
        assertThat(command.run("snapshot", "disallow", hdfs + "/snap").code()).isNotZero();
        assertThat(command.run("snapshot", "rm", hdfs + "/snap", "none").code()).isEqualTo(3);
        String unnamed = good("ls", hdfs + "/snap/.snapshot").lines().toList().getLast();
        String name = unnamed.substring(unnamed.indexOf("/.snapshot/") + 11).replace("/", "");
        good("snapshot", "rm", hdfs + "/snap", "s2", name);
        good("snapshot", "disallow", hdfs + "/snap");
    }

    @Test
    void failuresHaveTheirNumbers() throws IOException, InterruptedException {
        assertThat(command.run("cat", hdfs + "/none").code()).isEqualTo(3);
        assertThat(command.run("ls", "hdfs://127.0.0.1:1/").code()).isEqualTo(6);
        ForebayCommand.Outcome across = command.run("mv", hdfs + "/a", web + "/b");
        assertThat(across.code()).isEqualTo(9);
        assertThat(across.err()).contains("another service");
    }

    @Test
    void withoutTheJarsItIsSaidWhichIsMissing() throws IOException, InterruptedException {
        ForebayCommand bare = ForebayCommand.withoutHadoop(folder, "", Optional.empty());
        ForebayCommand.Outcome outcome = bare.run("ls", hdfs + "/");

        assertThat(outcome.code()).isEqualTo(9);
        assertThat(outcome.err()).contains("forebay-client-hdfs");
    }
}
