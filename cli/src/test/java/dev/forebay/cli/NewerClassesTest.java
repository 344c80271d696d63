package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** What {@code ./forebay} does to jars of old classes, so that the start cache takes them. */
class NewerClassesTest {
    private static final String PROGRAM = "../build/NewerClasses.java";

    @TempDir private Path folder;

    private static Path parser() {
        var source = CommandLine.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString()));
    }

    /** Runs a virtual machine like that of the tests; returns all it says. */
    private String java(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        int code =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start()
                        .waitFor();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(code).as(text).isZero();
        return text;
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    @Test
    void aStartCacheTakesTheParserThen() throws Exception {
        Path jar = folder.resolve("parser.jar");
        Files.copy(parser(), jar);
        assertThat(java(PROGRAM, jar.toString())).contains(jar.toString());
        assertThat(names(jar)).isEqualTo(names(parser()));
        assertThat(java(PROGRAM, jar.toString())).as("nothing is left to do").isEmpty();
        Path cache = folder.resolve("cache");
        String program = CommandLine.class.getName();
        String training =
                java(
                        "-XX:AOTCacheOutput=" + cache,
                        "-cp",
                        jar.toString(),
                        "picocli.AutoComplete",
                        "--version");
        assertThat(training).contains(CommandLine.VERSION);
        String loaded =
                java(
                        "-XX:AOTCache=" + cache,
                        "-Xlog:class+load",
                        "-cp",
                        jar.toString(),
                        "picocli.AutoComplete",
                        "--version");
        assertThat(loaded.lines().filter(line -> line.contains(program + " source:")))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void everyCommandWorksOnTheNewerClasses() throws Exception {
        Path jar = folder.resolve("parser.jar");
        Files.copy(parser(), jar);
        java(PROGRAM, jar.toString());
        List<String> entries = new ArrayList<>(List.of(jar.toString()));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.equals(parser().toString()))
                .forEach(entries::add);
        String path = String.join(File.pathSeparator, entries);
        assertThat(java("-cp", path, "dev.forebay.cli.Main", "help"))
                .contains("snapshot", "plasma-store");
        assertThat(java("-cp", path, "dev.forebay.cli.Main", "completion")).contains("complete");
    }
}
