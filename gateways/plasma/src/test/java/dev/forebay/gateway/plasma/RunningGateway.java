package dev.forebay.gateway.plasma;

import dev.forebay.arena.ArenaOptions;
import dev.forebay.arena.SharedArena;
import dev.forebay.base.Clock;
import dev.forebay.base.ObjectId;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.objects.NodeObjectEngine;
import dev.forebay.objects.ObjectsConfig;
import dev.forebay.protocol.plasma.PlasmaReply;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.protocol.plasma.PlasmaStream;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A gateway over an engine of its own, and what it counted and audited. */
final class RunningGateway implements AutoCloseable {
    static final long CAPACITY = 10_000_000;

    final List<RequestMetrics.Outcome> outcomes = new CopyOnWriteArrayList<>();
    final List<AuditLog.Entry> audited = new CopyOnWriteArrayList<>();
    final SharedArena arena = SharedArena.open(ArenaOptions.of(CAPACITY));
    final NodeObjectEngine engine =
            NodeObjectEngine.open(arena, ObjectsConfig.DEFAULT, Clock.system());
    final PlasmaGateway gateway;

    RunningGateway(PlasmaConfig config) {
        var file = arena.sharedFile().orElseThrow();
        gateway =
                PlasmaGateway.open(
                        config,
                        new PlasmaGateway.Parts(
                                engine,
                                new PlasmaGateway.SharedMemory(file.descriptor(), file.length()),
                                Clock.system(),
                                outcomes::add,
                                audited::add));
    }

    static RunningGateway in(Path folder) {
        return new RunningGateway(PlasmaConfig.of(folder.resolve("s")));
    }

    Client connect() {
        return new Client(UnixConnection.connect(gateway.socket()));
    }

    /** Waits for what another thread does soon. */
    static void eventually(BooleanSupplier condition) {
        long begin = Clock.system().nanos();
        while (!condition.getAsBoolean()) {
            if (Clock.system().nanos() - begin > 10_000_000_000L) {
                throw new AssertionError("not within 10 s");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        gateway.close();
        engine.close();
        arena.close();
    }

    /** One connection, spoken to in messages. */
    static final class Client implements AutoCloseable {
        private static final long LENGTH_MAX = 1 << 24;

        final UnixConnection connection;
        final PlasmaStream stream;

        Client(UnixConnection connection) {
            this.connection = connection;
            this.stream = new PlasmaStream(connection, LENGTH_MAX);
        }

        void send(PlasmaRequest request) {
            stream.write(request);
        }

        PlasmaReply ask(PlasmaRequest request) {
            send(request);
            return receive();
        }

        PlasmaReply receive() {
            if (!stream.next()) {
                throw new AssertionError("the gateway closed the connection");
            }
            return stream.reply();
        }

        PlasmaReply.Create create(ObjectId id, long dataLength, long metadataLength) {
            return (PlasmaReply.Create)
                    ask(new PlasmaRequest.Create(id, true, dataLength, metadataLength, 0));
        }

        PlasmaReply.Get get(long timeoutMillis, ObjectId... ids) {
            return (PlasmaReply.Get) ask(new PlasmaRequest.Get(List.of(ids), timeoutMillis));
        }

        boolean contains(ObjectId id) {
            return ((PlasmaReply.Contains) ask(new PlasmaRequest.Contains(id))).present();
        }

        /** Maps the file whose descriptor follows the last reply. */
        MemorySegment map(long length) {
            try (UnixDescriptor descriptor = connection.receiveDescriptor()) {
                return descriptor.map(length);
            }
        }

        boolean closedByGateway() {
            try {
                return !stream.next();
            } catch (dev.forebay.base.error.Closed e) {
                return true;
            }
        }

        @Override
        public void close() {
            stream.close();
            connection.close();
        }
    }
}
