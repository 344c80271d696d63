package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.testkit.PythonEnvironment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The word count example on a real corpus that every machine has: the interpreter's own package of
 * text encodings, compiled files included, is put into the node; sources of this project are
 * mounted.
 */
class WordCountTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir private Path folder;

    @Test
    void countsWhatADirectCountFinds() throws IOException, InterruptedException {
        AlluxioClient client = AlluxioClient.install(AlluxioClient.NEWEST);
        try (NodeProcess node = NodeProcess.start(folder)) {
            List<String> output =
                    ChildProcess.run(
                            LIMIT,
                            client.python(
                                    PROJECT.resolve("examples/wordcount/wordcount.py").toString(),
                                    encodings(client),
                                    "--mount",
                                    PROJECT.resolve("base/src").toString(),
                                    "--port",
                                    Integer.toString(node.port("alluxio")),
                                    "--top",
                                    "3"));
            assertThat(output.stream().filter("equal to a direct count"::equals)).hasSize(2);
            node.stop();
        }
    }

    @Test
    void countsThroughHdfsWhatADirectCountFinds() throws IOException, InterruptedException {
        PythonEnvironment environment =
                PythonEnvironment.open(
                        Path.of("target", "python"),
                        Files.readAllLines(Path.of("src/test/python-hdfs/requirements.txt")));
        try (NodeProcess node = NodeProcess.start(folder)) {
            ProcessBuilder program =
                    new ProcessBuilder(
                            environment.program("python").toString(),
                            PROJECT.resolve("examples/wordcount/wordcount_hdfs.py").toString(),
                            encodings(AlluxioClient.install(AlluxioClient.NEWEST)),
                            "--url",
                            "hdfs://127.0.0.1:" + node.port("hdfs"),
                            "--top",
                            "3");
            List<String> output = ChildProcess.run(LIMIT, program);
            assertThat(output).contains("equal to a direct count");
            node.stop();
        }
    }

    /** The folder of some two hundred modules, which no installation of Python leaves out. */
    private static String encodings(AlluxioClient client) throws IOException, InterruptedException {
        String program = "import encodings, os; print(os.path.dirname(encodings.__file__))";
        return ChildProcess.run(Duration.ofSeconds(30), client.python("-c", program)).getLast();
    }
}
