package dev.forebay.node;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.DataSize;
import dev.forebay.base.DirectoryLock;
import dev.forebay.base.Disk;
import dev.forebay.base.FilePath;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.block.DiskBlockStore;
import dev.forebay.client.CountedObjects;
import dev.forebay.client.FileClient;
import dev.forebay.client.ObjectClient;
import dev.forebay.files.FileSpaces;
import dev.forebay.files.MountRequest;
import dev.forebay.files.NodeFileEngine;
import dev.forebay.meta.RocksMetaStore;
import dev.forebay.meta.RocksSettings;
import dev.forebay.meta.Space;
import dev.forebay.objects.Lending;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectFilesFactory;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.TokenSpaces;
import dev.forebay.understore.LocalRoots;
import dev.forebay.understore.LocalUnderStoreFactory;
import dev.forebay.understore.UnderStoreFactory;
import dev.forebay.understore.hadoop.HadoopUnderStoreFactory;
import dev.forebay.understore.s3.S3UnderStoreFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A node without listeners: stores and engines, wired by constructors and closed in the reverse
 * order of opening. Embedded programs use it as it is; {@link NodeServer} puts the gateways in
 * front.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final FilePath OBJECTS = FilePath.parse("/objects");

    /** Bytes of entries that the metadata store holds before it writes table files. */
    private static final DataSize MEMTABLES = new DataSize(32L << 20);

    private final Closer closer;
    private final Stores stores;
    private final Engines engines;
    private final Upkeep upkeep;
    private final NodeSettings settings;
    private final Path data;

    private Node(Closer closer, Path data, NodeSettings settings, Opened opened) {
        this.closer = closer;
        this.data = data;
        this.settings = settings;
        this.stores = opened.stores();
        this.engines = opened.engines();
        this.upkeep = opened.upkeep();
    }

    private record Opened(Stores stores, Engines engines, Upkeep upkeep) {}

    /** The engines of a node. */
    record Engines(
            NodeFileEngine files,
            NodeObjectEngine objects,
            Lending lending,
            DelegationTokens tokens) {}

    /** Every space of the metadata store. */
    static List<Space> spaces() {
        return Stream.concat(FileSpaces.all().stream(), TokenSpaces.all().stream()).toList();
    }

    /** The stores of a node. */
    record Stores(RocksMetaStore meta, DiskBlockStore blocks, SharedArena arena) {}

    /**
     * Opens a node in this process.
     *
     * @throws dev.forebay.base.error.Invalid for an unknown setting or a value out of range
     * @throws dev.forebay.base.error.InvalidState when another node uses the data folder
     * @throws dev.forebay.base.error.Corrupt when stored data is damaged
     */
    public static Node open(NodeConfig config) {
        NodeSettings settings =
                NodeSettings.from(config.settings(), System.getProperty("user.name", "forebay"));
        Closer closer = new Closer();
        try {
            return open(config.data(), settings, closer);
        } catch (RuntimeException | Error e) {
            closer.close();
            throw e;
        }
    }

    private static Node open(Path data, NodeSettings settings, Closer closer) {
        Clock clock = Clock.system();
        Disk disk = new LocalDisk();
        closer.register(DirectoryLock.acquire(data));
        Stores stores = openStores(data, settings, closer);
        LocalRoots roots =
                LocalRoots.parse(settings.mountRoots(), settings.network()::loopback)
                        .without(FilePath.parse(data.toAbsolutePath().toString()));
        NodeObjectEngine objects =
                closer.register(NodeObjectEngine.open(stores.arena(), settings.objects(), clock));
        List<UnderStoreFactory> underStores =
                List.of(
                        new LocalUnderStoreFactory(roots, disk, clock, Randomness.secure()),
                        new S3UnderStoreFactory(),
                        // behind the others, from which a setting may take a scheme
                        new HadoopUnderStoreFactory(
                                settings.hadoop(), disk, clock, Randomness.secure()),
                        new ObjectFilesFactory(objects, settings.principal()));
        NodeFileEngine files =
                closer.register(
                        NodeFileEngine.open(
                                new NodeFileEngine.Stores(
                                        stores.meta(),
                                        stores.blocks(),
                                        stores.arena(),
                                        underStores),
                                settings.files(),
                                clock,
                                settings.principal()));
        mountObjects(files, settings.principal());
        DelegationTokens tokens =
                DelegationTokens.open(stores.meta(), clock, Randomness.secure(), settings.tokens());
        Lending lending = closer.register(new Lending(files, objects, clock));
        Engines engines = new Engines(files, objects, lending, tokens);
        Upkeep upkeep = closer.register(Upkeep.start(stores, engines, settings.scrub(), clock));
        return new Node(closer, data, settings, new Opened(stores, engines, upkeep));
    }

    /** At the first start, unless somebody has the name; who unmounts it gets it back later. */
    private static void mountObjects(NodeFileEngine files, Principal principal) {
        boolean mounted =
                files.mounts(principal).stream()
                        .anyMatch(mount -> mount.uri().equals(ObjectFilesFactory.URI));
        if (mounted) {
            return;
        }
        try {
            files.mount(
                    principal,
                    OBJECTS,
                    new MountRequest(ObjectFilesFactory.URI, Map.of(), true, false));
        } catch (AlreadyExists e) {
            LOG.info("objects are not shown as files, since the name is taken path={}", OBJECTS);
        }
    }

    private static Stores openStores(Path data, NodeSettings settings, Closer closer) {
        RocksMetaStore meta =
                closer.register(
                        RocksMetaStore.open(
                                data.resolve("meta"),
                                spaces(),
                                new RocksSettings(settings.memory().blockCache(), MEMTABLES),
                                Clock.system()));
        DiskBlockStore blocks =
                closer.register(
                        DiskBlockStore.open(
                                new LocalDisk(), data.resolve("blocks"), settings.diskReserve()));
        ArenaOptions plain = ArenaOptions.of(settings.memory().arena().bytes());
        ArenaOptions options = settings.memory().directory().map(plain::in).orElse(plain);
        return new Stores(meta, blocks, closer.register(SharedArena.open(options)));
    }

    /** The files of this node, without a socket; closing it leaves the node open. */
    public FileClient files() {
        return new EmbeddedFiles(
                engines.files(),
                engines.lending(),
                principal(),
                settings.files().blockSize().bytes());
    }

    /** The objects of this node, without a socket; closing it releases what it references. */
    public ObjectClient objects() {
        return new CountedObjects(new EmbeddedObjects(engines.objects(), principal()));
    }

    Principal principal() {
        return settings.principal();
    }

    Path data() {
        return data;
    }

    Upkeep upkeep() {
        return upkeep;
    }

    Engines engines() {
        return engines;
    }

    NodeSettings settings() {
        return settings;
    }

    Stores stores() {
        return stores;
    }

    /** Closes engines and stores. Files being written stay incomplete. */
    @Override
    public void close() {
        closer.close();
    }
}
