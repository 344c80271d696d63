package dev.forebay.testkit;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A real HDFS in a process of its own: a name node with WebHDFS, and one data node. Its jars are
 * those on the class path of the test: {@code hadoop-client-api}, {@code -runtime}, {@code
 * -minicluster} and {@code jcl-over-slf4j}. It ends with the process that started it, even when
 * that is killed. Starting takes about ten seconds: start one for a test class.
 */
public final class HdfsCluster implements AutoCloseable {
    private static final String PROGRAM = "HdfsProgram.java";

    private final Process process;
    private final int port;
    private final int webPort;

    private HdfsCluster(Process process, int port, int webPort) {
        this.process = process;
        this.port = port;
        this.webPort = webPort;
    }

    /**
     * Starts it on free ports and waits until it has left safe mode.
     *
     * @param folder empty or missing, for its data
     * @param settings of Hadoop, each {@code key=value}
     */
    public static HdfsCluster start(Path folder, String... settings) throws IOException {
        Files.createDirectories(folder);
        Path program = folder.resolve(PROGRAM);
        Files.writeString(program, source());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx384m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp", jars()));
        command.addAll(List.of(program.toString(), folder.resolve("data").toString()));
        command.addAll(List.of(settings));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(folder.resolve("hdfs.log").toFile())
                        .start();
        try {
            return started(process);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException(Files.readString(folder.resolve("hdfs.log")), e);
        }
    }

    private static HdfsCluster started(Process process) throws IOException {
        // stays open: its end would be the end of a program that writes to it
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].equals("listening")) {
                return new HdfsCluster(
                        process, Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            }
        }
        throw new IOException("HDFS did not start");
    }

    private static String source() throws IOException {
        try (@Nullable InputStream file = HdfsCluster.class.getResourceAsStream(PROGRAM + ".txt")) {
            if (file == null) {
                throw new IOException("the program is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(path -> path.contains("hadoop-client-") || path.contains("slf4j-"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where its name node listens, such as {@code hdfs://127.0.0.1:40123}. */
    public URI hdfs() {
        return URI.create("hdfs://127.0.0.1:" + port);
    }

    /** Where its WebHDFS listens, such as {@code webhdfs://127.0.0.1:40124}. */
    public URI webHdfs() {
        return URI.create("webhdfs://127.0.0.1:" + webPort);
    }

    /** Kills it as {@code kill -9} does, and waits until it is gone. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
