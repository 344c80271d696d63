package dev.forebay.understore.hadoop;

import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mounts {@code hdfs://}, {@code webhdfs://} and what else Hadoop has a {@code FileSystem} for. The
 * properties are in {@code docs/mounts.md}. Hadoop is loaded at the first mount, not before.
 */
public final class HadoopUnderStoreFactory implements UnderStoreFactory {
    private static final String INSIDE = "dev.forebay.understore.hadoop.inside.HadoopPlaces";

    /**
     * One Hadoop for each class path of this process, however many nodes it holds: Hadoop keeps
     * threads that never end, so that what was loaded once is never unloaded.
     */
    private static final Map<List<String>, UnderStoreFactory> LOADED = new ConcurrentHashMap<>();

    private final HadoopOptions options;
    private final Disk disk;
    private final Clock clock;
    private final Randomness randomness;

    /**
     * Creates the factory; costs nothing.
     *
     * @param disk of the machine itself, where the jars are
     * @param randomness for names of files in the making; safe for use by many threads
     */
    public HadoopUnderStoreFactory(
            HadoopOptions options, Disk disk, Clock clock, Randomness randomness) {
        this.options = options;
        this.disk = disk;
        this.clock = clock;
        this.randomness = randomness;
    }

    @Override
    public Set<String> schemes() {
        return options.schemes();
    }

    /**
     * {@inheritDoc}
     *
     * @throws Unsupported also when this node has no Hadoop, or not the jars for the scheme
     */
    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        if (options.classPath().isEmpty()) {
            throw new Unsupported(
                    "this node has no Hadoop; set mounts.hadoop.class-path", schemeOf(uri));
        }
        List<URL> jars = jars();
        List<String> key = jars.stream().map(URL::toString).toList();
        return LOADED.computeIfAbsent(key, each -> load(jars)).open(uri, properties);
    }

    private static String schemeOf(String uri) {
        return uri.substring(0, Math.max(0, uri.indexOf(':')));
    }

    private List<URL> jars() {
        List<URL> jars = new ArrayList<>();
        for (Path entry : options.classPath()) {
            try {
                if (entry.toString().endsWith(".jar")) {
                    jars.add(entry.toUri().toURL());
                } else {
                    addFolder(entry, jars);
                }
            } catch (MalformedURLException e) {
                throw new Invalid("not a path of a jar", entry, e);
            } catch (IOException e) {
                throw new Unsupported(
                        "folder of mounts.hadoop.class-path cannot be read", entry, e);
            }
        }
        return jars;
    }

    /** The folder itself, which may hold classes and site files, then its jars by their names. */
    private void addFolder(Path folder, List<URL> jars) throws IOException {
        List<String> names = disk.list(folder);
        jars.add(folder.toUri().toURL());
        for (String name : names.stream().sorted().toList()) {
            if (name.endsWith(".jar")) {
                jars.add(folder.resolve(name).toUri().toURL());
            }
        }
    }

    private UnderStoreFactory load(List<URL> jars) {
        try {
            Class<?> places = Class.forName(INSIDE, true, new HadoopClassLoader(jars));
            return (UnderStoreFactory)
                    places.getConstructor(Clock.class, Randomness.class)
                            .newInstance(clock, randomness);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new Unsupported(
                    "what mounts.hadoop.class-path holds is no whole Hadoop",
                    options.classPath(),
                    e);
        }
    }
}
