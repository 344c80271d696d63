package dev.forebay.node;

import dev.forebay.arena.Arena;
import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.Closer;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.gateway.plasma.PlasmaConfig;
import dev.forebay.gateway.plasma.PlasmaGateway;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;

/**
 * A store of objects and nothing else: takes the place of the {@code plasma_store} program, with
 * its flags and exit codes. It has no data folder and no other gateway.
 */
final class PlasmaStore implements AutoCloseable {
    /** The command. */
    static final String NAME = "plasma-store";

    private static final Logger LOG = LoggerFactory.getLogger(PlasmaStore.class);
    private static final Duration TRIM_INTERVAL = Duration.ofMinutes(1);

    private final Closer closer = new Closer();
    private final SharedArena arena;

    private PlasmaStore(PlasmaFlags flags, Clock clock) {
        try {
            ArenaOptions plain = ArenaOptions.of(flags.capacity());
            ArenaOptions options = flags.folder().map(plain::in).orElse(plain);
            arena = closer.register(SharedArena.open(options));
            NodeObjectEngine engine =
                    closer.register(NodeObjectEngine.open(arena, objects(flags), clock));
            removeSocket(flags.socket());
            closer.register(
                    PlasmaGateway.open(
                            PlasmaConfig.of(flags.socket()), parts(arena, engine, clock)));
        } catch (RuntimeException | Error e) {
            closer.close();
            throw e;
        }
    }

    private ObjectsConfig objects(PlasmaFlags flags) {
        ObjectsConfig plain = ObjectsConfig.DEFAULT;
        if (flags.external().isEmpty()) {
            return plain;
        }
        return plain.withSpill(
                flags.spill().orElseGet(() -> closer.register(SpillPlace.make()).folder()));
    }

    private static PlasmaGateway.Parts parts(
            SharedArena arena, NodeObjectEngine engine, Clock clock) {
        Arena.SharedFile file =
                arena.sharedFile()
                        .orElseThrow(() -> new Internal("the arena cannot be shared", NAME));
        return new PlasmaGateway.Parts(
                engine,
                new PlasmaGateway.SharedMemory(file.descriptor(), file.length()),
                clock,
                RequestMetrics.NONE,
                AuditLog.NONE);
    }

    /** As {@code plasma_store} does it, also when somebody answers there; but sockets only. */
    private static void removeSocket(Path socket) {
        try {
            if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)
                    && Files.readAttributes(
                                    socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                            .isOther()) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            throw new Internal("the socket that is there cannot be removed", socket, e);
        }
    }

    /**
     * Serves until the process is told to stop.
     *
     * @return 0 after help, 1 when the store cannot be had like this
     */
    static int run(List<String> arguments, PrintStream out, PrintStream err)
            throws InterruptedException {
        if (PlasmaFlags.askForHelp(arguments)) {
            out.print(PlasmaFlags.USAGE);
            return 0;
        }
        try {
            PlasmaFlags flags = PlasmaFlags.parse(arguments);
            if (flags.spill().isEmpty()) {
                flags.external()
                        .filter(_ -> flags.spill().isEmpty())
                        .ifPresent(endpoint -> warn(endpoint, err));
            }
            serve(flags);
            return 0;
        } catch (ForebayException e) {
            err.println("forebay plasma-store: " + e.getMessage());
            err.println("  see: forebay plasma-store --help");
            return 1;
        }
    }

    private static void warn(String endpoint, PrintStream err) {
        err.println(
                "forebay plasma-store: evicted objects are kept in the temporary folder, not at "
                        + endpoint);
    }

    private static void serve(PlasmaFlags flags) throws InterruptedException {
        Clock clock = Clock.system();
        PlasmaStore store = new PlasmaStore(flags, clock);
        // halting in the hook gives the exit code 0 that programs expect; the JVM's own is 143
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> stop(store)));
        while (true) {
            clock.sleep(TRIM_INTERVAL);
            store.trim();
        }
    }

    private void trim() {
        try {
            arena.trimIdle();
        } catch (ForebayException e) {
            LOG.warn("unused memory not given back, will be tried again", e);
        }
    }

    private static void stop(PlasmaStore store) {
        int code = 1;
        try {
            store.close();
            code = 0;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public void close() {
        closer.close();
    }
}
