package dev.forebay.gateway.plasma;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import java.nio.file.Path;
import java.time.Duration;

/** A process with the gateway and nothing else: {@code SOCKET BYTES}. Ends when it is killed. */
final class StandaloneStore {
    private StandaloneStore() {}

    /** Serves until the process is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        Clock clock = Clock.system();
        try (SharedArena arena = SharedArena.open(ArenaOptions.of(Long.parseLong(arguments[1])));
                NodeObjectEngine engine =
                        NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, clock);
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

    static PlasmaGateway.Parts parts(SharedArena arena, NodeObjectEngine engine) {
        var file = arena.sharedFile().orElseThrow();
        return new PlasmaGateway.Parts(
                engine,
                new PlasmaGateway.SharedMemory(file.descriptor(), file.length()),
                Clock.system(),
                RequestMetrics.NONE,
                AuditLog.NONE);
    }
}
