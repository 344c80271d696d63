package dev.forebay.gateway.hdfs;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.HeapArena;
import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.block.BlockStore;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.block.MemoryBlockStore;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.TokenSpaces;
import dev.forebay.tokens.TokensConfig;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.RequestMetrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A gateway over an engine in memory, listening on free ports. */
final class RunningGateway implements AutoCloseable {
    static final String SUPERUSER = "root";
    static final String PROXY = "gate";
    static final int CONNECTIONS_MAX = 20;
    private static final long ARENA = 8 << 20;
    private static final long BLOCKS = 64 << 20;

    final List<RequestMetrics.Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<AuditLog.Entry> audit = new CopyOnWriteArrayList<>();
    final NodeFileEngine engine;
    final HdfsGateway gateway;
    final DelegationTokens tokens;
    private final HeapArena arena = HeapArena.open(ArenaOptions.of(ARENA));

    RunningGateway() {
        this(Optional.empty());
    }

    RunningGateway(Optional<HdfsConfig.Advertised> advertised) {
        this(advertised, Optional.empty(), Guard.NONE);
    }

    /** With blocks on disk and a domain socket in a folder. */
    static RunningGateway in(Path folder) {
        return new RunningGateway(Optional.empty(), Optional.of(folder), Guard.NONE);
    }

    /** The same for clients with tokens only. */
    static RunningGateway guarded(Path folder) {
        return new RunningGateway(Optional.empty(), Optional.of(folder), Guard.TOKENS);
    }

    /** The same for clients that protect what they send. */
    static RunningGateway guarded(Path folder, Guard guard) {
        return new RunningGateway(Optional.empty(), Optional.of(folder), guard);
    }

    /** What clients must do. */
    enum Guard {
        NONE(Protection.AUTHENTICATION),
        TOKENS(Protection.AUTHENTICATION),
        INTEGRITY(Protection.INTEGRITY),
        PRIVACY(Protection.PRIVACY);

        private final Protection protection;

        Guard(Protection protection) {
            this.protection = protection;
        }
    }

    private RunningGateway(
            Optional<HdfsConfig.Advertised> advertised, Optional<Path> folder, Guard guard) {
        Clock clock = Clock.system();
        tokens =
                DelegationTokens.open(
                        new MemoryMetaStore(TokenSpaces.all(), clock),
                        clock,
                        Randomness.secure(),
                        TokensConfig.DEFAULT);
        BlockStore blocks =
                folder.isPresent()
                        ? DiskBlockStore.open(new LocalDisk(), folder.get().resolve("blocks"))
                        : new MemoryBlockStore(BLOCKS);
        engine =
                NodeFileEngine.open(
                        new NodeFileEngine.Stores(
                                new MemoryMetaStore(FileSpaces.all(), clock),
                                blocks,
                                arena,
                                List.of()),
                        config(),
                        clock,
                        Principal.node(SUPERUSER));
        HdfsConfig config =
                new HdfsConfig(
                        new HttpListener.Address("127.0.0.1", 0, "hdfs.port"),
                        new HttpListener.Address("127.0.0.1", 0, "hdfs.data-port"),
                        advertised,
                        folder.map(path -> DomainSocket.of(path.resolve("dn._PORT"))),
                        new HdfsConfig.Identity(RunningGateway::principal, Set.of(PROXY)),
                        guard != Guard.NONE,
                        guard.protection,
                        HdfsConfig.BLOCK_SIZE,
                        CONNECTIONS_MAX);
        gateway =
                new HdfsGateway(
                        config,
                        new HdfsGateway.Parts(engine, tokens, clock, outcomes::add, audit::add));
        gateway.start();
    }

    /** Files of more than 4 KiB have blocks. */
    private static FilesConfig config() {
        FilesConfig usual = FilesConfig.DEFAULT;
        return new FilesConfig(
                usual.blockSize(),
                new DataSize(4 << 10),
                usual.writeType(),
                usual.ttlCheckInterval(),
                usual.incompleteExpiry(),
                usual.leaseSoftLimit(),
                usual.leaseHardLimit(),
                usual.persistThreads());
    }

    private static Principal principal(String user) {
        return new Principal(user, Set.of(user), user.equals(SUPERUSER), "simple", "");
    }

    /** A client of the superuser. */
    WireClient client() {
        return WireClient.open(this, SUPERUSER);
    }

    /** Waits until calls of these methods were recorded, which is after they were answered. */
    void awaitRecorded(String... methods) throws InterruptedException {
        await(() -> recorded().containsAll(List.of(methods)));
    }

    /** What became of the calls of a method, once {@code count} of them were recorded. */
    List<String> awaitStatuses(String method, int count) throws InterruptedException {
        await(() -> statuses(method).size() >= count);
        return statuses(method);
    }

    private List<String> statuses(String method) {
        return outcomes.stream()
                .filter(each -> each.operation().equals(method))
                .map(RequestMetrics.Outcome::status)
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Clock clock = Clock.system();
        long end = clock.nanos() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean() && clock.nanos() < end) {
            clock.sleep(Duration.ofMillis(5));
        }
    }

    private Set<String> recorded() {
        return outcomes.stream().map(RequestMetrics.Outcome::operation).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        gateway.close();
        engine.close();
        arena.close();
    }
}
