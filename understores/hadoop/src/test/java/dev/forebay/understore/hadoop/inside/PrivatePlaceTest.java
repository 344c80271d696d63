package dev.forebay.understore.hadoop.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreContract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The contract over a file system that has nothing but what every Hadoop file system has. */
class PrivatePlaceTest extends UnderStoreContract {
    @TempDir private Path temporary = Path.of("target");

    /** The class behind the scheme. */
    protected Class<?> fileSystem() {
        return PrivateFileSystem.class;
    }

    /** Few, since Hadoop runs a program for the owner of each. */
    @Override
    protected int moreThanOnePage() {
        return 30;
    }

    @Override
    protected UnderStore openStore() {
        try {
            Path folder = Files.createDirectories(temporary.resolve("folder"));
            return new HadoopPlaces(Clock.system(), Randomness.secure(), (place, subject) -> {})
                    .open("private://" + folder, properties());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> properties() {
        return Map.of("fs.private.impl", fileSystem().getName());
    }

    @Test
    void overwritingLeavesNothingElse() throws IOException {
        put("/quiet", "one");
        put("/quiet", "two");
        put("/loud", "one");
        put("/loud", "two");

        assertThat(content("/quiet") + content("/loud")).isEqualTo("twotwo");
        try (Stream<Path> left = Files.list(temporary.resolve("folder"))) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void filesOfTheMachineAreNotMountedByAnyName() {
        HadoopPlaces places = new HadoopPlaces(Clock.system(), Randomness.secure());
        for (String name :
                new String[] {
                    fileSystem().getName(),
                    "org.apache.hadoop.fs.LocalFileSystem",
                    "org.apache.hadoop.fs.RawLocalFileSystem",
                    "org.apache.hadoop.fs.viewfs.ViewFileSystemOverloadScheme",
                }) {
            Map<String, String> properties =
                    Map.of(
                            "fs.hdfs.impl",
                            name,
                            "fs.viewfs.overload.scheme.target.hdfs.impl",
                            "org.apache.hadoop.fs.LocalFileSystem",
                            "fs.viewfs.mounttable.host.link./a",
                            temporary.toUri().toString());
            assertThatThrownBy(() -> places.open("hdfs://host/", properties))
                    .isInstanceOf(PermissionDenied.class);
        }
    }

    @Test
    void wrongValuesAreRefusedWithoutBeingShown() {
        HadoopPlaces places = new HadoopPlaces(Clock.system(), Randomness.secure());
        Map<String, String> properties = Map.of("dfs.blocksize", "very-wrong");
        assertThatThrownBy(() -> places.open("hdfs://127.0.0.1:1/", properties))
                .isInstanceOf(Invalid.class)
                .hasNoCause()
                .hasMessageNotContaining("very-wrong");
    }

    @Test
    void schemeWithoutJarsIsUnsupported() {
        HadoopPlaces places = new HadoopPlaces(Clock.system(), Randomness.secure());
        // named in core-default.xml, in a jar that is not here; and named nowhere
        for (String uri : new String[] {"s3a://bucket/", "unheard://of/"}) {
            assertThatThrownBy(() -> places.open(uri, Map.of())).isInstanceOf(Unsupported.class);
        }
    }
}
