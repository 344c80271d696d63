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
import dev.forebay.gateway.webhdfs.WebHdfsConfig;
import dev.forebay.gateway.webhdfs.WebHdfsGateway;
import dev.forebay.meta.RocksMetaStore;
import dev.forebay.meta.RocksSettings;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.HttpListener;
import dev.forebay.wire.HttpServer;
import dev.forebay.wire.RequestMetrics;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The WebHDFS gateway on a free port, over an engine on disk, in this process. */
final class RunningWebHdfs implements AutoCloseable {
    /** The superuser, and who acts when a request names nobody. */
    static final String USER = "root";

    private static final long ARENA_LENGTH = 128L << 20;

    private final Closer closer = new Closer();
    private final HttpServer server;

    private RunningWebHdfs(Path data) {
        NodeFileEngine.Stores stores =
                new NodeFileEngine.Stores(
                        closer.register(
                                RocksMetaStore.open(
                                        data.resolve("meta"),
                                        FileSpaces.all(),
                                        new RocksSettings(
                                                new DataSize(8 << 20), new DataSize(16 << 20)),
                                        Clock.system())),
                        closer.register(
                                DiskBlockStore.open(new LocalDisk(), data.resolve("blocks"))),
                        closer.register(SharedArena.open(ArenaOptions.of(ARENA_LENGTH))),
                        List.of());
        Principal principal = Principal.node(USER);
        NodeFileEngine engine =
                closer.register(
                        NodeFileEngine.open(
                                stores, FilesConfig.DEFAULT, Clock.system(), principal));
        WebHdfsGateway gateway =
                closer.register(
                        new WebHdfsGateway(
                                new WebHdfsConfig(
                                        new HttpListener.Address("127.0.0.1", 0, "webhdfs.port"),
                                        WebHdfsConfig.Identity.of(principal, Set.of("proxy")),
                                        Optional.empty(),
                                        Set.of(),
                                        FilesConfig.DEFAULT.blockSize()),
                                new WebHdfsGateway.Parts(
                                        engine,
                                        Clock.system(),
                                        RequestMetrics.NONE,
                                        AuditLog.NONE)));
        server =
                closer.register(
                        HttpServer.start(List.of(gateway.listener()), HttpServer.Options.DEFAULT));
    }

    /**
     * Starts it.
     *
     * @param data an empty folder
     */
    static RunningWebHdfs start(Path data) {
        return new RunningWebHdfs(data);
    }

    int port() {
        return server.port(WebHdfsGateway.NAME);
    }

    @Override
    public void close() {
        closer.close();
    }
}
