package dev.forebay.gateway.hdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.Randomness;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway: answers calls on one port and moves blocks on another. */
public final class HdfsGateway implements AutoCloseable {
    /** The gateway's name in metrics, audit and status. */
    public static final String NAME = "hdfs";

    private static final Logger LOG = LoggerFactory.getLogger(HdfsGateway.class);

    /** Connections of each port with a thread of the system; thousands may rest. */
    private static final int OWN_THREADS_MAX = 256;

    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(30);

    private final Closer opened = new Closer();
    private final ConnectionListener rpc;
    private final ConnectionListener data;
    private final Optional<LocalListener> local;
    private final BlockTable blocks = new BlockTable();
    private final MethodTable methods = new MethodTable();
    private final RpcConnection.Parts calls;
    private final RequestLog log;
    private final HdfsConfig config;
    private final RpcHandshake.Rules rules;
    private final BlockTokens blockTokens;
    private final EncryptionKeys keys;
    private final Thread sweeper;
    private volatile boolean closing;

    /**
     * What the gateway works with.
     *
     * @param engine the namespace
     * @param tokens what users hand to programs that act for them
     * @param clock for what takes too long and the duration of requests
     * @param metrics counts requests
     * @param audit keeps who did what
     */
    public record Parts(
            LeasedFileEngine engine,
            DelegationTokens tokens,
            Clock clock,
            RequestMetrics metrics,
            AuditLog audit) {}

    /**
     * Binds both ports and the domain socket; nothing is answered before {@link #start}.
     *
     * @throws dev.forebay.base.error.Unavailable when an address cannot be bound; names the setting
     *     to change
     */
    public HdfsGateway(HdfsConfig config, Parts parts) {
        this.config = config;
        this.log = new RequestLog(parts);
        this.calls = new RpcConnection.Parts(methods, new RetryCache(), log, parts.clock());
        this.rules =
                new RpcHandshake.Rules(
                        config.identity(),
                        List.of(new TokenMechanism(parts.tokens(), config.protection())),
                        !config.tokensRequired());
        this.keys = new EncryptionKeys(parts.clock(), Randomness.secure());
        this.blockTokens =
                new BlockTokens(config.tokensRequired(), parts.clock(), Randomness.secure());
        DataConnection.Parts transfer =
                new DataConnection.Parts(
                        parts.engine(),
                        blocks,
                        blockTokens,
                        new DataProtection(
                                config.protection(), blockTokens, keys, Randomness.secure()),
                        new BufferPool(),
                        log);
        this.data =
                opened.register(
                        new ConnectionListener(
                                TcpAcceptor.bind(config.data()),
                                connection -> new DataConnection(transfer, connection).serve(),
                                new ConnectionListener.Limits(
                                        "hdfs-data", config.connectionsMax(), OWN_THREADS_MAX),
                                parts.clock()));
        boolean bound = false;
        try {
            this.local = LocalListener.open(config, data.port(), transfer, parts.clock());
            local.ifPresent(opened::register);
            this.rpc =
                    opened.register(
                            new ConnectionListener(
                                    TcpAcceptor.bind(config.rpc()),
                                    this::serveCalls,
                                    new ConnectionListener.Limits(
                                            "hdfs-rpc", config.connectionsMax(), OWN_THREADS_MAX),
                                    parts.clock()));
            bound = true;
        } finally {
            if (!bound) {
                opened.close();
            }
        }
        addMethods(parts.engine(), parts.tokens());
        this.sweeper =
                Thread.ofVirtual()
                        .name("hdfs-sweep")
                        .unstarted(() -> sweep(parts.engine(), parts.clock()));
    }

    private void sweep(LeasedFileEngine engine, Clock clock) {
        while (!closing) {
            try {
                clock.sleep(SWEEP_PAUSE);
                blocks.sweep(engine);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("sweep failed", e);
            }
        }
    }

    private void serveCalls(Connection connection) throws IOException {
        new RpcConnection(calls, connection).serve(rules);
    }

    private void addMethods(LeasedFileEngine engine, DelegationTokens tokens) {
        LocationEncoder locations =
                new LocationEncoder(
                        config, new LocationEncoder.Ports(rpcPort(), dataPort()), blockTokens);
        NameMethods.addTo(methods, engine);
        ListingMethods.addTo(methods, engine, locations);
        AttributeMethods.addTo(methods, engine);
        AclMethods.addTo(methods, engine);
        ExtendedAttributeMethods.addTo(methods, engine);
        SnapshotMethods.addTo(methods, engine);
        PolicyMethods.addTo(methods, engine);
        WritingMethods.addTo(methods, engine, locations, blocks);
        LeaseMethods.addTo(methods, engine, locations, blocks);
        ClusterMethods.addTo(methods, engine, locations, config);
        ProtectionMethods.addTo(methods, config.protection(), keys);
        AdminMethods.addTo(methods, engine);
        TokenMethods.addTo(methods, tokens);
        GroupMethods.addTo(methods, config.identity());
        EmptyMethods.addTo(methods);
    }

    /** Begins to serve. */
    public void start() {
        data.start();
        local.ifPresent(LocalListener::start);
        rpc.start();
        sweeper.start();
    }

    /** The port that answers calls. */
    public int rpcPort() {
        return rpc.port();
    }

    /** The port that moves blocks. */
    public int dataPort() {
        return data.port();
    }

    /** The socket for clients on this machine; empty when there is none. */
    public Optional<Path> domainSocket() {
        return local.map(LocalListener::path);
    }

    /** Open connections of both ports and the domain socket. */
    public int connections() {
        return rpc.connections()
                + data.connections()
                + local.map(LocalListener::connections).orElse(0);
    }

    /** Files with a block that is being written. */
    public int blocksBeingWritten() {
        return blocks.size();
    }

    /**
     * Closes both ports and all connections. Files being written stay under construction, to be
     * recovered.
     */
    @Override
    public void close() {
        closing = true;
        sweeper.interrupt();
        opened.close();
    }
}
