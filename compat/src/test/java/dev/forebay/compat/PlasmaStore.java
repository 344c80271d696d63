package dev.forebay.compat;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.gateway.plasma.PlasmaConfig;
import dev.forebay.gateway.plasma.PlasmaGateway;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The Plasma gateway in a process of its own, {@code SOCKET BYTES [SPILL_FOLDER]}, which starts
 * faster than a whole node and may be as small as a test asks.
 */
final class PlasmaStore {
    private PlasmaStore() {}

    /** Serves until the process is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        Clock clock = Clock.system();
        try (SharedArena arena = SharedArena.open(ArenaOptions.of(Long.parseLong(arguments[1])));
                NodeObjectEngine engine = NodeObjectEngine.open(arena, config(arguments), clock);
                PlasmaGateway gateway =
                        PlasmaGateway.open(
                                PlasmaConfig.of(Path.of(arguments[0])), parts(arena, engine))) {
            // plasma_store ends with 0 when it is told to end, and programs check that.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
            System.out.println("serving " + gateway.socket());
            while (gateway.connections() >= 0) {
                clock.sleep(Duration.ofSeconds(1));
            }
        }
    }

    private static ObjectsConfig config(String... arguments) {
        ObjectsConfig plain = ObjectsConfig.DEFAULT;
        return arguments.length < 3
                ? plain
                : new ObjectsConfig(
                        plain.userQuota(), Optional.of(Path.of(arguments[2])), plain.spillMax());
    }

    private static PlasmaGateway.Parts parts(SharedArena arena, NodeObjectEngine engine) {
        var file = arena.sharedFile().orElseThrow();
        return new PlasmaGateway.Parts(
                engine,
                new PlasmaGateway.SharedMemory(file.descriptor(), file.length()),
                Clock.system(),
                RequestMetrics.NONE,
                AuditLog.NONE);
    }
}
