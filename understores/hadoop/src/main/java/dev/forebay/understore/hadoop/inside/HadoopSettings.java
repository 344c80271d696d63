package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unsupported;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.HdfsConfiguration;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a mount as Hadoop takes them. What counts, the last first: Hadoop's own
 * defaults with the site files on the class path, ours, those of the mount's configuration folder,
 * the properties of the mount.
 *
 * @param configuration for the file system
 * @param user who the node is there, without which Hadoop asks its environment
 */
record HadoopSettings(Configuration configuration, Optional<String> user) {
    private static final String USER = "user";
    private static final List<String> FOLDER =
            List.of("configuration", "alluxio.underfs.hdfs.configuration");
    private static final String PREFIX = "hadoop.";
    private static final String AUTHENTICATION = "hadoop.security.authentication";

    /**
     * What bounds the time of a call to a place that is gone: Hadoop's own values, made for jobs
     * that rather wait, add up to a quarter of an hour. And what Hadoop must leave to us.
     */
    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    Map.entry("ipc.client.connect.timeout", "5000"),
                    Map.entry("ipc.client.connect.max.retries", "2"),
                    Map.entry("ipc.client.connect.retry.interval", "500"),
                    Map.entry("ipc.client.connect.max.retries.on.timeouts", "1"),
                    Map.entry("ipc.client.rpc-timeout.ms", "30000"),
                    Map.entry("dfs.client.socket-timeout", "30000"),
                    Map.entry("dfs.client.datanode-restart.timeout", "10"),
                    Map.entry("dfs.client.max.block.acquire.failures", "2"),
                    Map.entry("dfs.client.failover.max.attempts", "5"),
                    Map.entry("dfs.client.failover.sleep.max.millis", "2000"),
                    Map.entry("dfs.webhdfs.socket.connect-timeout", "5s"),
                    Map.entry("dfs.webhdfs.socket.read-timeout", "30s"),
                    // file systems are closed by their mounts, not at the end of the process
                    Map.entry("fs.automatic.close", "false"));

    /**
     * Reads the properties. Values that may be secrets are never part of an error.
     *
     * @throws Invalid when a value is malformed
     * @throws Unsupported when it asks for Kerberos
     */
    static HadoopSettings parse(Map<String, String> properties) {
        Configuration all = new HdfsConfiguration();
        Configuration ours = new Configuration(false);
        DEFAULTS.forEach(ours::set);
        all.addResource(ours);
        find(properties, FOLDER).ifPresent(folder -> addFiles(all, folder));
        properties.forEach((name, value) -> set(all, name, value));
        if (!all.get(AUTHENTICATION, "simple").equals("simple")) {
            throw new Unsupported("Kerberos is not offered for mounts", AUTHENTICATION);
        }
        return new HadoopSettings(all, find(properties, List.of(USER)));
    }

    private static Optional<String> find(Map<String, String> properties, List<String> names) {
        return names.stream()
                .map(name -> properties.getOrDefault(name, "").strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Files, or folders with the usual ones; missing files count as empty, as with Hadoop. */
    private static void addFiles(Configuration all, String paths) {
        for (String path : Arrays.stream(paths.split("[:,]", -1)).map(String::strip).toList()) {
            if (!path.startsWith("/")) {
                throw new Invalid("property is no absolute path", FOLDER.getFirst());
            }
            if (path.endsWith(".xml")) {
                all.addResource(new Path("file", "", path));
            } else {
                all.addResource(new Path("file", "", path + "/core-site.xml"));
                all.addResource(new Path("file", "", path + "/hdfs-site.xml"));
            }
        }
        try {
            all.size();
        } catch (RuntimeException e) {
            // of no narrower type in Hadoop; its text may quote the file
            throw new Invalid("configuration file cannot be read", FOLDER.getFirst());
        }
    }

    private static void set(Configuration all, String name, String value) {
        if (name.equals(USER) || FOLDER.contains(name)) {
            return;
        }
        if (name.isBlank() || value.contains("${")) {
            // Hadoop would put in what the node's environment holds
            throw new Invalid("property has no name, or a variable as its value", name);
        }
        all.set(name, value);
        if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
            all.set(name.substring(PREFIX.length()), value);
        }
    }
}
