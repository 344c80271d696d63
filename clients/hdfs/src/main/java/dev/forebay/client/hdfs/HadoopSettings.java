package dev.forebay.client.hdfs;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.permission.FsPermission;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hadoop's configuration: what its jars bring, then the files of the folder that is given or found,
 * then the settings given. Files are looked for as hdfs3 does: the file that {@code LIBHDFS3_CONF}
 * names with its neighbours, else the folder {@code HADOOP_CONF_DIR}, else {@code
 * HADOOP_INSTALL/hadoop/conf}, else {@code /etc/hadoop/conf} and {@code /etc/hadoop}.
 */
final class HadoopSettings {
    private static final String DEFAULTS = "-default.xml";
    private static final String CORE = "core-site.xml";
    private static final String HDFS = "hdfs-site.xml";
    private static final List<String> PLACES = List.of("/etc/hadoop/conf", "/etc/hadoop");

    private static final String DEFAULT_FILE_SYSTEM = "fs.defaultFS";
    private static final String NAME_SERVICES = "dfs.nameservices";
    private static final String FAILOVER = "dfs.client.failover.proxy.provider.";
    private static final String UMASK = "fs.permissions.umask-mode";

    /** Hadoop's client would narrow every mode; what it is told to is kept under this name. */
    private static final String GIVEN_UMASK = "forebay.umask";

    private static final int HDFS_PORT = 8020;
    private static final int WEB_PORT = 9870;

    /** Hadoop's own defaults wait a quarter of an hour for an address where nobody answers. */
    private static final Map<String, String> BOUNDS =
            Map.of(
                    "ipc.client.connect.timeout", "10000",
                    "ipc.client.connect.max.retries", "2",
                    "ipc.client.connect.max.retries.on.timeouts", "2",
                    "ipc.client.rpc-timeout.ms", "60000",
                    "dfs.client.failover.max.attempts", "6");

    private final Map<String, String> environment;

    HadoopSettings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * The configuration of a client.
     *
     * @throws FilesException.NotFound when the given folder or file is not there
     * @throws FilesException.InvalidArgument when a file is not a configuration
     */
    Configuration configuration(ConnectOptions options) {
        Configuration configuration = new Configuration(false);
        configuration.setClassLoader(HadoopSettings.class.getClassLoader());
        configuration.addResource("core" + DEFAULTS);
        configuration.addResource("hdfs" + DEFAULTS);
        configuration.size();
        BOUNDS.forEach(configuration::set);
        files(options).forEach(file -> read(configuration, file));
        options.settings().forEach(configuration::set);
        failover(configuration);
        FsPermission umask = FsPermission.getUMask(configuration);
        configuration.setInt(GIVEN_UMASK, umask.toShort());
        configuration.set(UMASK, "000");
        return configuration;
    }

    private List<Path> files(ConnectOptions options) {
        if (options.configuration().isPresent()) {
            Path given = options.configuration().get();
            if (!Files.exists(given)) {
                throw FilesException.of(
                        Status.NOT_FOUND, "no such configuration", given.toString());
            }
            return Files.isDirectory(given) ? inside(given) : List.of(given);
        }
        return options.autoconf() ? found() : List.of();
    }

    private List<Path> found() {
        Optional<Path> named = variable("LIBHDFS3_CONF").filter(Files::isRegularFile);
        if (named.isPresent()) {
            Path file = named.get();
            return List.of(file.resolveSibling(CORE), file.resolveSibling(HDFS), file).stream()
                    .filter(Files::isRegularFile)
                    .toList();
        }
        Optional<Path> folder =
                variable("HADOOP_CONF_DIR")
                        .or(
                                () ->
                                        variable("HADOOP_INSTALL")
                                                .map(install -> install.resolve("hadoop/conf")));
        if (folder.isPresent()) {
            return inside(folder.get());
        }
        return PLACES.stream()
                .map(Path::of)
                .filter(place -> Files.isRegularFile(place.resolve(HDFS)))
                .findFirst()
                .map(HadoopSettings::inside)
                .orElse(List.of());
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    private static List<Path> inside(Path folder) {
        return List.of(folder.resolve(CORE), folder.resolve(HDFS)).stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    private static void read(Configuration configuration, Path file) {
        try {
            configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            // reads it, which else waits for the first question
            configuration.size();
        } catch (RuntimeException e) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "not a Hadoop configuration", file.toString(), e);
        }
    }

    /** Whether somebody set a key, rather than the jars of Hadoop. */
    static boolean given(Configuration configuration, String key) {
        String[] sources = configuration.getPropertySources(key);
        return sources != null && !sources[sources.length - 1].endsWith(DEFAULTS);
    }

    /** The umask for what is made without a mode. */
    static FsPermission umask(Configuration configuration) {
        return new FsPermission((short) configuration.getInt(GIVEN_UMASK, 0));
    }

    /** Hadoop wants to be told how the members of a name service are tried; hdfs3 does not. */
    private static void failover(Configuration configuration) {
        for (String service : configuration.getTrimmedStrings(NAME_SERVICES)) {
            if (configuration.get("dfs.ha.namenodes." + service) != null
                    && configuration.get(FAILOVER + service) == null) {
                configuration.set(
                        FAILOVER + service,
                        "org.apache.hadoop.hdfs.server.namenode.ha"
                                + ".ConfiguredFailoverProxyProvider");
            }
        }
    }

    /**
     * The address with everything that the configuration has to add.
     *
     * @param uri of a scheme, and perhaps host or name service, and port
     * @throws FilesException.InvalidArgument when neither names anything
     */
    static URI address(URI uri, Configuration configuration) {
        String scheme = uri.getScheme();
        String authority = uri.getAuthority() == null ? "" : uri.getAuthority();
        if (authority.isEmpty()) {
            authority = configured(scheme, configuration);
        }
        URI whole = URI.create(scheme + "://" + authority);
        if (whole.getPort() >= 0 || configuration.get("dfs.ha.namenodes." + authority) != null) {
            return whole;
        }
        return URI.create(whole + ":" + (scheme.equals("hdfs") ? HDFS_PORT : WEB_PORT));
    }

    /** As hdfs3 does: the first name service, else the default file system. */
    private static String configured(String scheme, Configuration configuration) {
        String[] services = configuration.getTrimmedStrings(NAME_SERVICES);
        if (services.length > 0) {
            return services[0];
        }
        URI named = URI.create(configuration.getTrimmed(DEFAULT_FILE_SYSTEM, "file:///"));
        if (!scheme.equals(named.getScheme()) || named.getAuthority() == null) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT,
                    "neither the address nor the configuration names a host for",
                    scheme);
        }
        return named.getAuthority();
    }
}
