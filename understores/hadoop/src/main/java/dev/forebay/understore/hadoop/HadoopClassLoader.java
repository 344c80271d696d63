package dev.forebay.understore.hadoop;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/**
 * Keeps Hadoop apart from the node, whose gateway has other classes of the same names. What is
 * loaded here sees the JDK, the jars given, the package {@code inside}, and of the node only the
 * types that both sides speak: nothing else of the node's class path, neither classes nor
 * resources. The order of the jars is that of the setting.
 */
final class HadoopClassLoader extends URLClassLoader {
    /** Types that mean the same on both sides, so that they must be the same classes. */
    private static final List<String> SHARED =
            List.of("dev.forebay.base.", "dev.forebay.understore.", "org.slf4j.");

    private static final String INSIDE = "dev.forebay.understore.hadoop.inside.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader node;

    /**
     * Opens no jar yet.
     *
     * @param jars Hadoop and what users add to it
     */
    HadoopClassLoader(List<URL> jars) {
        super("hadoop", withOwnCode(jars), ClassLoader.getPlatformClassLoader());
        this.node = HadoopClassLoader.class.getClassLoader();
    }

    /** The package inside lies where this class does, and is defined by this loader alone. */
    private static URL[] withOwnCode(List<URL> jars) {
        URL[] all = new URL[jars.size() + 1];
        all[0] = HadoopClassLoader.class.getProtectionDomain().getCodeSource().getLocation();
        for (int i = 0; i < jars.size(); i++) {
            all[i + 1] = jars.get(i);
        }
        return all;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return isShared(name) ? node.loadClass(name) : super.loadClass(name, resolve);
    }

    private static boolean isShared(String name) {
        return !name.startsWith(INSIDE) && SHARED.stream().anyMatch(name::startsWith);
    }
}
