package dev.forebay.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of Hadoop run on Java 17. */
class ClassFileTest {
    private static final int JAVA_17 = 61;

    @Test
    void everyClassIsForJava17() throws IOException, URISyntaxException {
        Path classes =
                Path.of(
                        ForebayFileSystem.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<Path> files;
        try (Stream<Path> tree = Files.walk(classes)) {
            files = tree.filter(path -> path.toString().endsWith(".class")).toList();
        }
        assertThat(files).hasSizeGreaterThan(10);
        for (Path file : files) {
            try (DataInputStream bytes = new DataInputStream(Files.newInputStream(file))) {
                assertThat(bytes.readInt()).isEqualTo(0xCAFEBABE);
                assertThat(bytes.readUnsignedShort()).isZero();
                assertThat(bytes.readUnsignedShort()).as(file.toString()).isEqualTo(JAVA_17);
            }
        }
    }
}
