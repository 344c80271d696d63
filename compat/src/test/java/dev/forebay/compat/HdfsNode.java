package dev.forebay.compat;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.DataSize;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Principal;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.FilesConfig;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.gateway.hdfs.HdfsConfig;
import dev.forebay.gateway.hdfs.HdfsGateway;
import dev.forebay.meta.RocksMetaStore;
import dev.forebay.meta.RocksSettings;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.RequestMetrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The HDFS gateway over a files engine on disk, in a process of its own, {@code FOLDER}. Says its
 * ports in the file {@code ports} of that folder once it serves. The superuser is {@value
 * #SUPERUSER}.
 */
final class HdfsNode {
    /** The user that may do anything. */
    static final String SUPERUSER = "root";

    private static final long ARENA = 64L << 20;
    private static final DataSize CACHE = new DataSize(16L << 20);

    private HdfsNode() {}

    /** Serves until the process is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Clock clock = Clock.system();
        Path folder = Path.of(arguments[0]);
        try (Closer closer = new Closer()) {
            NodeFileEngine engine = closer.register(engine(folder, closer, clock));
            HdfsGateway gateway = closer.register(gateway(engine, clock));
            gateway.start();
            Path ready = folder.resolve("ports.part");
            Files.writeString(ready, gateway.rpcPort() + " " + gateway.dataPort());
            Files.move(ready, folder.resolve("ports"), StandardCopyOption.ATOMIC_MOVE);
            while (gateway.connections() >= 0) {
                clock.sleep(Duration.ofSeconds(1));
            }
        }
    }

    private static NodeFileEngine engine(Path folder, Closer closer, Clock clock) {
        RocksMetaStore meta =
                closer.register(
                        RocksMetaStore.open(
                                folder.resolve("meta"),
                                FileSpaces.all(),
                                new RocksSettings(CACHE, CACHE),
                                clock));
        DiskBlockStore blocks =
                closer.register(
                        DiskBlockStore.open(
                                new LocalDisk(), folder.resolve("blocks"), new DataSize(1 << 20)));
        SharedArena arena = closer.register(SharedArena.open(ArenaOptions.of(ARENA)));
        return NodeFileEngine.open(
                new NodeFileEngine.Stores(meta, blocks, arena, List.of()),
                FilesConfig.DEFAULT,
                clock,
                Principal.node(SUPERUSER));
    }

    private static HdfsGateway gateway(NodeFileEngine engine, Clock clock) {
        HdfsConfig plain = HdfsConfig.of(HdfsNode::principal);
        HdfsConfig config =
                new HdfsConfig(
                        new HttpListener.Address("127.0.0.1", 0, "hdfs.rpc.port"),
                        new HttpListener.Address("127.0.0.1", 0, "hdfs.data.port"),
                        Optional.empty(),
                        plain.identity(),
                        plain.blockSize(),
                        plain.connectionsMax());
        return new HdfsGateway(
                config, new HdfsGateway.Parts(engine, clock, RequestMetrics.NONE, AuditLog.NONE));
    }

    private static Principal principal(String user) {
        return new Principal(user, Set.of(user), user.equals(SUPERUSER), "simple", "");
    }
}
