package dev.forebay.node;

import dev.forebay.arena.Arena;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.RotatingFile;
import dev.forebay.base.error.Internal;
import dev.forebay.gateway.admin.AdminGateway;
import dev.forebay.gateway.admin.NodeStatus;
import dev.forebay.gateway.admin.PrometheusMetrics;
import dev.forebay.gateway.alluxio.AlluxioConfig;
import dev.forebay.gateway.alluxio.AlluxioGateway;
import dev.forebay.gateway.hdfs.HdfsConfig;
import dev.forebay.gateway.hdfs.HdfsGateway;
import dev.forebay.gateway.plasma.PlasmaConfig;
import dev.forebay.gateway.plasma.PlasmaGateway;
import dev.forebay.gateway.webhdfs.WebHdfsGateway;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.HttpServer;
import dev.forebay.wire.JsonLinesAuditLog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node with its gateways: all listen, or none does. */
public final class NodeServer implements AutoCloseable {
    /** Pieces of the map of the shared memory. */
    private static final int ARENA_CELLS = 64;

    private final Closer closer;
    private final Node node;
    private final List<NodeStatus.Listening> listening = new ArrayList<>();
    private final long startedMillis;
    private final Clock clock = Clock.system();
    private volatile boolean ready;

    private NodeServer(Closer closer, Node node) {
        this.closer = closer;
        this.node = node;
        this.startedMillis = clock.millis();
    }

    /**
     * Opens the node and its listeners. When this returns, every gateway answers, and the ready
     * file says where.
     *
     * @throws dev.forebay.base.error.Unavailable when an address cannot be bound; names the setting
     *     to change
     */
    public static NodeServer start(NodeConfig config) {
        Closer closer = new Closer();
        try {
            NodeServer server = new NodeServer(closer, closer.register(Node.open(config)));
            server.listen();
            closer.register(ReadyFile.write(config.data(), server.listening));
            server.ready = true;
            return server;
        } catch (RuntimeException | Error e) {
            closer.close();
            throw e;
        }
    }

    private void listen() {
        NodeSettings settings = node.settings();
        NodeSettings.Gateways gateways = settings.gateways();
        PrometheusMetrics metrics = new PrometheusMetrics();
        NodeGauges.register(metrics, node);
        AuditLog audit = audit();
        List<HttpListener> listeners = new ArrayList<>();
        if (gateways.alluxio()) {
            AlluxioGateway alluxio =
                    closer.register(
                            new AlluxioGateway(
                                    alluxioConfig(settings),
                                    new AlluxioGateway.Parts(
                                            node.engines().files(), clock, metrics, audit)));
            metrics.gauge("forebay_alluxio_streams_open", "Open streams", alluxio::openStreams);
            listeners.add(alluxio.listener());
        }
        settings.webHdfs()
                .map(
                        config ->
                                new WebHdfsGateway(
                                        config,
                                        new WebHdfsGateway.Parts(
                                                node.engines().files(),
                                                node.engines().tokens(),
                                                clock,
                                                metrics,
                                                audit)))
                .ifPresent(web -> listeners.add(closer.register(web).listener()));
        Optional<HdfsGateway> hdfs =
                settings.hdfs().map(config -> openHdfs(config.in(node.data()), metrics, audit));
        settings.plasma().ifPresent(config -> openPlasma(config.in(node.data()), metrics, audit));
        AdminGateway admin =
                new AdminGateway(
                        new AdminGateway.Parts(
                                node.engines().files(),
                                new AdminGateway.Objects(
                                        node.engines().objects(), node.engines().lending()),
                                node.engines().files().snapshots(),
                                clock,
                                metrics,
                                audit),
                        new AdminGateway.Node(
                                node.principal(),
                                this::status,
                                node.upkeep()::ailments,
                                this::unready));
        listeners.add(
                admin.listener(
                        new HttpListener.Address(
                                settings.network().host(), gateways.adminPort(), "admin.port")));
        HttpServer http = closer.register(HttpServer.start(listeners, HttpServer.Options.DEFAULT));
        metrics.gauge("forebay_http_connections", "Open HTTP connections", http::connections);
        hdfs.ifPresent(HdfsGateway::start);
        for (HttpListener listener : listeners) {
            listening.add(
                    new NodeStatus.Listening(
                            listener.name(),
                            "http",
                            settings.network().host(),
                            http.port(listener.name())));
        }
    }

    private HdfsGateway openHdfs(HdfsConfig config, PrometheusMetrics metrics, AuditLog audit) {
        HdfsGateway hdfs =
                closer.register(
                        new HdfsGateway(
                                config,
                                new HdfsGateway.Parts(
                                        node.engines().files(),
                                        node.engines().tokens(),
                                        clock,
                                        metrics,
                                        audit)));
        metrics.gauge("forebay_hdfs_connections", "Connections of HDFS clients", hdfs::connections);
        metrics.gauge(
                "forebay_hdfs_blocks_written",
                "Blocks that HDFS clients are writing",
                hdfs::blocksBeingWritten);
        String host = config.rpc().host();
        listening.add(new NodeStatus.Listening(HdfsGateway.NAME, "hdfs", host, hdfs.rpcPort()));
        listening.add(
                new NodeStatus.Listening(HdfsGateway.NAME + "-data", "tcp", host, hdfs.dataPort()));
        hdfs.domainSocket()
                .map(path -> path.toAbsolutePath().toString())
                .map(path -> new NodeStatus.Listening(HdfsGateway.NAME + "-local", "unix", path, 0))
                .ifPresent(listening::add);
        return hdfs;
    }

    private void openPlasma(PlasmaConfig config, PrometheusMetrics metrics, AuditLog audit) {
        NodeObjectEngine objects = node.engines().objects();
        Arena.SharedFile file =
                objects.sharedFile()
                        .orElseThrow(
                                () -> new Internal("the arena cannot be shared", "plasma.enabled"));
        PlasmaGateway plasma =
                closer.register(
                        PlasmaGateway.open(
                                config,
                                new PlasmaGateway.Parts(
                                        objects,
                                        new PlasmaGateway.SharedMemory(
                                                file.descriptor(), file.length()),
                                        clock,
                                        metrics,
                                        audit)));
        metrics.gauge(
                "forebay_plasma_connections", "Connections of Plasma clients", plasma::connections);
        listening.add(
                new NodeStatus.Listening(
                        PlasmaGateway.NAME,
                        "unix",
                        plasma.socket().toAbsolutePath().toString(),
                        0));
    }

    private static AlluxioConfig alluxioConfig(NodeSettings settings) {
        NodeSettings.Gateways gateways = settings.gateways();
        return new AlluxioConfig(
                new HttpListener.Address(
                        settings.network().host(), gateways.alluxioPort(), "alluxio.port"),
                settings.principal(),
                new AlluxioConfig.Worker(
                        settings.network().advertised(),
                        gateways.alluxioPort(),
                        0,
                        gateways.adminPort()),
                gateways.alluxioStreamsMax(),
                gateways.alluxioStreamIdle(),
                Version.TEXT);
    }

    private AuditLog audit() {
        NodeSettings.Audit audit = node.settings().audit();
        if (!audit.enabled()) {
            return AuditLog.NONE;
        }
        return closer.register(
                new JsonLinesAuditLog(
                        new RotatingFile(
                                new LocalDisk(),
                                node.data().resolve("audit.log"),
                                new RotatingFile.Limits(audit.fileLength(), audit.files()))));
    }

    private List<String> unready() {
        return ready ? List.of() : List.of("the node is starting or stopping");
    }

    /** What the node tells about itself. */
    NodeStatus status() {
        return new NodeStatus(
                Version.TEXT,
                ProcessHandle.current().pid(),
                startedMillis,
                clock.millis() - startedMillis,
                listening,
                node.data().toString(),
                arena(),
                node.settings().effective());
    }

    private NodeStatus.Arena arena() {
        SharedArena arena = node.stores().arena();
        return new NodeStatus.Arena(
                arena.capacity(),
                arena.used(),
                arena.statistics().freeRanges(),
                arena.sharedFile().map(NodeServer::path).orElse(""),
                arena.occupancy(ARENA_CELLS));
    }

    private static String path(Arena.SharedFile file) {
        return "/proc/%d/fd/%d".formatted(ProcessHandle.current().pid(), file.descriptor());
    }

    /** The node behind the gateways. */
    Node node() {
        return node;
    }

    /** What listens where. */
    public List<NodeStatus.Listening> listening() {
        return List.copyOf(listening);
    }

    /**
     * Stops listening, lets running requests end, closes everything in the reverse order of
     * opening.
     */
    @Override
    public void close() {
        ready = false;
        closer.close();
    }
}
