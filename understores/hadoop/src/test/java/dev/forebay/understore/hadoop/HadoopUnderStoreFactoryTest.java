package dev.forebay.understore.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hadoop apart from the node: this test's own class path stands for what the node must not see. */
class HadoopUnderStoreFactoryTest {
    private static final String DEAD = "hdfs://127.0.0.1:1/";

    private static List<Path> jars() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(
                        path ->
                                path.contains("hadoop-client-api")
                                        || path.contains("hadoop-client-runtime")
                                        || path.contains("jcl-over-slf4j"))
                .map(path -> Path.of(path).toAbsolutePath())
                .toList();
    }

    private static HadoopUnderStoreFactory factory(List<Path> classPath) {
        return new HadoopUnderStoreFactory(
                new HadoopOptions(classPath, Set.of("hdfs")),
                new LocalDisk(),
                Clock.system(),
                Randomness.secure());
    }

    @Test
    void hadoopIsAnotherThanThatOfTheClassPath() throws Exception {
        HadoopClassLoader loader = new HadoopClassLoader(urls(jars()));
        Class<?> theirs = loader.loadClass("org.apache.hadoop.fs.Path");

        assertThat(theirs.getClassLoader()).isSameAs(loader);
        assertThat(theirs).isNotSameAs(Class.forName("org.apache.hadoop.fs.Path"));
        assertThat(loader.loadClass(UnderStore.class.getName())).isSameAs(UnderStore.class);
        Class<?> inside = loader.loadClass("dev.forebay.understore.hadoop.inside.HadoopPlaces");
        assertThat(inside.getClassLoader()).isSameAs(loader);
    }

    @Test
    void nothingElseOfTheClassPathIsSeen() throws IOException {
        try (HadoopClassLoader loader = new HadoopClassLoader(List.of())) {
            for (String name : List.of("org.apache.hadoop.fs.Path", "org.rocksdb.RocksDB")) {
                assertThatThrownBy(() -> loader.loadClass(name))
                        .isInstanceOf(ClassNotFoundException.class);
            }
            assertThat(loader.getResource("core-default.xml")).isNull();
        }
    }

    private static List<URL> urls(List<Path> paths) throws IOException {
        URL[] urls = new URL[paths.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = paths.get(i).toUri().toURL();
        }
        return List.of(urls);
    }

    @Test
    void folderOfJarsIsAsGoodAsTheJars(@TempDir Path folder) throws IOException {
        for (Path jar : jars()) {
            Files.createSymbolicLink(folder.resolve(jar.getFileName()), jar);
        }
        assertThatThrownBy(() -> factory(List.of(folder)).open(DEAD, Map.of()))
                .isInstanceOf(Unavailable.class);
        for (Path jar : jars()) {
            Files.delete(folder.resolve(jar.getFileName()));
        }
        assertThatThrownBy(() -> factory(jars()).open(DEAD, Map.of()))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void jarsOfUsersAreFound() {
        Path tests =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .map(Path::toAbsolutePath)
                        .filter(
                                path ->
                                        Files.exists(
                                                path.resolve(
                                                        "dev/forebay/understore/hadoop/inside/"
                                                                + "PrivateFileSystem.class")))
                        .findFirst()
                        .orElseThrow();
        Set<Path> all = new HashSet<>(jars());
        all.add(tests);
        Map<String, String> properties =
                Map.of("fs.hdfs.impl", "dev.forebay.understore.hadoop.inside.PrivateFileSystem");
        // found, made, and refused for what it is
        assertThatThrownBy(() -> factory(List.copyOf(all)).open(DEAD, properties))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void nodeWithoutHadoopSaysSo(@TempDir Path empty) {
        for (List<Path> classPath :
                List.of(List.<Path>of(), List.of(empty), List.of(empty.resolve("missing")))) {
            assertThatThrownBy(() -> factory(classPath).open(DEAD, Map.of()))
                    .isInstanceOf(Unsupported.class);
        }
    }

    @Test
    void optionsAreRead() {
        Path bundled = Path.of("/bundled/folder");
        List<String> entries = List.of("bundled", "/more/x.jar");
        List<String> schemes = List.of("hdfs", "s3a");
        assertThat(HadoopOptions.parse(entries, Optional.of(bundled), schemes))
                .isEqualTo(
                        new HadoopOptions(
                                List.of(bundled, Path.of("/more/x.jar")), Set.of("hdfs", "s3a")));
        assertThat(HadoopOptions.parse(entries, Optional.empty(), schemes).classPath())
                .containsExactly(Path.of("/more/x.jar"));
        assertThatThrownBy(() -> HadoopOptions.parse(List.of("x"), Optional.empty(), schemes))
                .isInstanceOf(Invalid.class);
        for (String scheme : List.of("file", "viewfs", "har", "HDFS", "a b", "")) {
            assertThatThrownBy(
                            () -> HadoopOptions.parse(entries, Optional.empty(), List.of(scheme)))
                    .isInstanceOf(Invalid.class);
        }
    }
}
