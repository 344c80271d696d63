package dev.forebay.node;

import dev.forebay.base.DataSize;
import dev.forebay.base.Principal;
import dev.forebay.base.Settings;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.FilesConfig;
import dev.forebay.gateway.alluxio.AlluxioConfig;
import dev.forebay.gateway.hdfs.DomainSocket;
import dev.forebay.gateway.hdfs.HdfsConfig;
import dev.forebay.gateway.hdfs.Protection;
import dev.forebay.gateway.plasma.PlasmaConfig;
import dev.forebay.gateway.webhdfs.WebHdfsConfig;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.tokens.TokensConfig;
import dev.forebay.understore.hadoop.HadoopOptions;
import dev.forebay.wire.HttpListener;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * All settings of a node, read and checked at once, so that nothing is half-started on a wrong one.
 *
 * @param network where gateways listen
 * @param memory how memory is shared out
 * @param scrub how blocks are checked
 * @param diskReserve {@code disk.reserve}: bytes of the data folder's disk that new files leave
 *     free
 * @param files settings of the files engine
 * @param objects settings of the objects engine
 * @param tokens settings of delegation tokens
 * @param mountRoots {@code mounts.local.roots}: folders of this machine that may be mounted, or
 *     {@code any}
 * @param hadoop where Hadoop is and which mounts go to it
 * @param gateways which gateways run and how
 * @param plasma the gateway of objects, or empty when it does not run
 * @param hdfs the native HDFS gateway, or empty when it does not run
 * @param webHdfs the WebHDFS gateway, or empty when it does not run
 * @param principal who the node acts as
 * @param audit where requests are noted
 * @param effective every key with the value in force, secrets hidden
 */
record NodeSettings(
        Network network,
        Memory memory,
        Scrub scrub,
        DataSize diskReserve,
        FilesConfig files,
        ObjectsConfig objects,
        TokensConfig tokens,
        String mountRoots,
        HadoopOptions hadoop,
        Gateways gateways,
        Optional<PlasmaConfig> plasma,
        Optional<HdfsConfig> hdfs,
        Optional<WebHdfsConfig> webHdfs,
        Principal principal,
        Audit audit,
        SortedMap<String, String> effective) {

    /**
     * Addresses.
     *
     * @param host the interface that gateways listen on
     * @param advertised the name under which clients reach this node
     */
    record Network(String host, String advertised) {
        boolean loopback() {
            return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
        }
    }

    /**
     * Memory.
     *
     * @param arena bytes of cached blocks and objects
     * @param directory folder of the shared file, or empty for one without a name
     * @param blockCache bytes of metadata kept from disk
     */
    record Memory(DataSize arena, Optional<Path> directory, DataSize blockCache) {}

    /**
     * Gateways.
     *
     * @param alluxio whether it runs
     * @param alluxioPort of the Alluxio REST, 0 for any
     * @param alluxioStreamsMax open streams
     * @param alluxioStreamIdle life of a stream that nobody uses
     * @param adminPort of the admin listener, 0 for any
     */
    record Gateways(
            boolean alluxio,
            int alluxioPort,
            int alluxioStreamsMax,
            Duration alluxioStreamIdle,
            int adminPort) {}

    /**
     * Audit log.
     *
     * @param enabled whether requests are noted
     * @param fileLength bytes after which a new file begins
     * @param files files kept
     */
    record Audit(boolean enabled, DataSize fileLength, int files) {}

    /**
     * The regular reading of all blocks.
     *
     * @param interval from the end of one pass to the next
     * @param rate bytes per second
     */
    record Scrub(Duration interval, DataSize rate) {}

    /** The settings that are ports of gateways. */
    static final List<String> PORTS =
            List.of("alluxio.port", "hdfs.port", "hdfs.data-port", "webhdfs.port", "admin.port");

    private static final int ADMIN_PORT = 8900;

    static NodeSettings from(Settings settings, String user) {
        Network network =
                new Network(
                        settings.text("node.host", "127.0.0.1"),
                        settings.text("node.advertise", "localhost"));
        Memory memory =
                new Memory(
                        settings.size("arena.capacity", new DataSize(1L << 30)),
                        settings.find("arena.directory").map(Path::of),
                        settings.size("kv.block-cache", new DataSize(64L << 20)));
        String owner = settings.text("node.user", user);
        Users users = Users.from(settings, owner);
        NodeSettings all =
                new NodeSettings(
                        network,
                        memory,
                        new Scrub(
                                settings.duration("blocks.scrub-interval", Duration.ofDays(7)),
                                settings.size("blocks.scrub-rate", new DataSize(16L << 20))),
                        settings.size("disk.reserve", new DataSize(256L << 20)),
                        FilesConfig.from(settings),
                        ObjectsConfig.from(settings),
                        TokensConfig.from(settings),
                        settings.text("mounts.local.roots", "any"),
                        hadoop(settings),
                        gateways(settings),
                        plasma(settings),
                        hdfs(settings, network, users),
                        webHdfs(settings, network, users),
                        Principal.node(owner),
                        new Audit(
                                settings.flag("audit.enabled", true),
                                settings.size("audit.file-length", new DataSize(64L << 20)),
                                settings.number("audit.files", 8, new Settings.Range(1, 1000))),
                        settings.effective());
        settings.requireAllKnown();
        return all;
    }

    private static HadoopOptions hadoop(Settings settings) {
        return HadoopOptions.parse(
                settings.list("mounts.hadoop.class-path", HadoopOptions.BUNDLED),
                Optional.ofNullable(System.getProperty("forebay.hadoop")).map(Path::of),
                settings.list("mounts.hadoop.schemes", HadoopOptions.SCHEMES));
    }

    private static Optional<HdfsConfig> hdfs(Settings settings, Network network, Users users) {
        boolean enabled = settings.flag("hdfs.enabled", true);
        int port = settings.number("hdfs.port", HdfsConfig.RPC_PORT, Settings.Range.PORT);
        int data = settings.number("hdfs.data-port", HdfsConfig.DATA_PORT, Settings.Range.PORT);
        HdfsConfig config =
                new HdfsConfig(
                        new HttpListener.Address(network.host(), port, "hdfs.port"),
                        new HttpListener.Address(network.host(), data, "hdfs.data-port"),
                        settings.find("hdfs.advertise").map(HdfsConfig.Advertised::parse),
                        domainSocket(settings),
                        new HdfsConfig.Identity(users::principal, users.proxies()),
                        tokensRequired(settings),
                        protection(settings),
                        settings.size("hdfs.block-size", new DataSize(HdfsConfig.BLOCK_SIZE))
                                .bytes(),
                        settings.number(
                                "hdfs.connections-max",
                                HdfsConfig.CONNECTIONS_MAX,
                                new Settings.Range(1, 1_000_000)));
        return enabled ? Optional.of(config) : Optional.empty();
    }

    private static boolean tokensRequired(Settings settings) {
        String key = "hdfs.authentication";
        String way = settings.text(key, "simple");
        return switch (way) {
            case "simple" -> false;
            case "token" -> true;
            default -> throw new Invalid("setting is neither simple nor token", key + "=" + way);
        };
    }

    private static Protection protection(Settings settings) {
        String key = "hdfs.protection";
        String least = settings.text(key, "authentication");
        return switch (least) {
            case "authentication" -> Protection.AUTHENTICATION;
            case "integrity" -> Protection.INTEGRITY;
            case "privacy" -> Protection.PRIVACY;
            default ->
                    throw new Invalid(
                            "setting is not authentication, integrity or privacy",
                            key + "=" + least);
        };
    }

    /** Nobody who did not ask for the socket is kept from starting by it. */
    private static Optional<DomainSocket> domainSocket(Settings settings) {
        String path = settings.text(DomainSocket.KEY, DomainSocket.NAME);
        int mode = mode("hdfs.domain-socket-mode", settings.text("hdfs.domain-socket-mode", "600"));
        boolean required = !path.equals(DomainSocket.NAME);
        return path.equals("off")
                ? Optional.empty()
                : Optional.of(new DomainSocket(Path.of(path), mode, required));
    }

    private static Optional<WebHdfsConfig> webHdfs(
            Settings settings, Network network, Users users) {
        boolean enabled = settings.flag("webhdfs.enabled", true);
        int port = settings.number("webhdfs.port", WebHdfsConfig.PORT, Settings.Range.PORT);
        WebHdfsConfig config =
                new WebHdfsConfig(
                        new HttpListener.Address(network.host(), port, "webhdfs.port"),
                        new WebHdfsConfig.Identity(
                                Principal.node(users.owner()),
                                users::principal,
                                users.proxies(),
                                tokensRequired(settings),
                                Set.copyOf(settings.list("delegation.issued-to", ""))),
                        settings.find("webhdfs.advertise"),
                        Set.copyOf(settings.list("webhdfs.cors-origins", "")),
                        settings.size("hdfs.block-size", new DataSize(HdfsConfig.BLOCK_SIZE)));
        return enabled ? Optional.of(config) : Optional.empty();
    }

    private static Optional<PlasmaConfig> plasma(Settings settings) {
        boolean enabled = settings.flag("plasma.enabled", true);
        PlasmaConfig config =
                new PlasmaConfig(
                        Path.of(settings.text("plasma.socket", PlasmaConfig.SOCKET.toString())),
                        mode("plasma.mode", settings.text("plasma.mode", "600")),
                        settings.number(
                                "plasma.connections-max",
                                PlasmaConfig.CONNECTIONS_MAX,
                                new Settings.Range(1, 100_000)),
                        PlasmaConfig.Backlog.DEFAULT,
                        settings.flag("plasma.audit-reads", false));
        return enabled ? Optional.of(config) : Optional.empty();
    }

    private static int mode(String key, String octal) {
        try {
            return Integer.parseInt(octal, 8);
        } catch (NumberFormatException e) {
            throw new Invalid(key + " is not from 0 to 777", octal, e);
        }
    }

    private static Gateways gateways(Settings settings) {
        return new Gateways(
                settings.flag("alluxio.enabled", true),
                settings.number("alluxio.port", AlluxioConfig.PORT, Settings.Range.PORT),
                settings.number(
                        "alluxio.streams-max",
                        AlluxioConfig.STREAMS_MAX,
                        new Settings.Range(1, 1 << 30)),
                settings.duration("alluxio.stream-idle-timeout", AlluxioConfig.STREAM_IDLE_TIMEOUT),
                settings.number("admin.port", ADMIN_PORT, Settings.Range.PORT));
    }
}
