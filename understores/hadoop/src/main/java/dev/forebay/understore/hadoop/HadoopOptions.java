package dev.forebay.understore.hadoop;

import dev.forebay.base.error.Invalid;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where Hadoop is and what it is asked for.
 *
 * @param classPath absolute paths of jars, and of folders of jars, in the order in which they are
 *     searched; empty when this node has no Hadoop
 * @param schemes the URI schemes that go to Hadoop, lower case
 */
public record HadoopOptions(List<Path> classPath, Set<String> schemes) {
    /** Stands in the setting for what came with the node. */
    public static final String BUNDLED = "bundled";

    /** What goes to Hadoop unless the setting says otherwise. */
    public static final String SCHEMES = "hdfs,webhdfs,swebhdfs,abfs,abfss,gs,ofs";

    /** Folders of this machine have an allow-list, which these would lead around. */
    private static final Set<String> REFUSED = Set.of("file", "viewfs", "har");

    /** Copies the parts. */
    public HadoopOptions {
        classPath = List.copyOf(classPath);
        schemes = Set.copyOf(schemes);
    }

    /**
     * Reads the two settings.
     *
     * @param classPath entries of {@code mounts.hadoop.class-path}
     * @param bundled the folder that {@value #BUNDLED} stands for, if there is one
     * @param schemes entries of {@code mounts.hadoop.schemes}
     * @throws Invalid for an entry that is no absolute path or no scheme, or a scheme that is kept
     *     from Hadoop
     */
    public static HadoopOptions parse(
            List<String> classPath, Optional<Path> bundled, List<String> schemes) {
        List<Path> paths =
                classPath.stream()
                        .flatMap(
                                entry ->
                                        entry.equals(BUNDLED)
                                                ? bundled.stream()
                                                : Optional.of(absolute(entry)).stream())
                        .toList();
        schemes.forEach(HadoopOptions::checkScheme);
        return new HadoopOptions(paths, Set.copyOf(schemes));
    }

    private static Path absolute(String entry) {
        Path path = Path.of(entry);
        if (!path.isAbsolute()) {
            throw new Invalid("mounts.hadoop.class-path holds no absolute path", entry);
        }
        return path;
    }

    private static void checkScheme(String scheme) {
        // RFC 3986 section 3.1
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new Invalid("mounts.hadoop.schemes holds no scheme in lower case", scheme);
        }
        if (REFUSED.contains(scheme)) {
            throw new Invalid("mounts.hadoop.schemes cannot hold this one", scheme);
        }
    }
}
