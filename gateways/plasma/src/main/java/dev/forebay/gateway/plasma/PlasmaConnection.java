package dev.forebay.gateway.plasma;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixNames;
import dev.forebay.base.unix.UnixPeer;
import dev.forebay.protocol.plasma.MessageType;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.protocol.plasma.PlasmaStream;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.RequestMetrics;
import dev.forebay.wire.RequestRecorder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One client, from its first byte to its last. Requests are answered one after the other, in the
 * order they came.
 */
final class PlasmaConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PlasmaConnection.class);

    /** What a message may hold besides the bytes of an object. */
    private static final long MESSAGE_OVERHEAD = 64L << 20;

    private static final long UNREAD_MILLIS = 500;

    private final PlasmaConfig config;
    private final PlasmaGateway.Parts parts;
    private final UnixConnection connection;
    private final Consumer<PlasmaConnection> onEnd;
    private final ReentrantLock descriptorUnderWay = new ReentrantLock();

    PlasmaConnection(
            PlasmaConfig config,
            PlasmaGateway.Parts parts,
            UnixConnection connection,
            Consumer<PlasmaConnection> onEnd) {
        this.config = config;
        this.parts = parts;
        this.connection = connection;
        this.onEnd = onEnd;
    }

    /**
     * Ends the connection from another thread. Not between a reply and its descriptor, which would
     * abort the client's process, unless the client does not read for a while.
     */
    void shutdown() throws InterruptedException {
        boolean held = descriptorUnderWay.tryLock(UNREAD_MILLIS, TimeUnit.MILLISECONDS);
        try {
            connection.shutdown();
        } finally {
            if (held) {
                descriptorUnderWay.unlock();
            }
        }
    }

    @Override
    public void run() {
        try (connection) {
            UnixPeer peer = connection.peer();
            try (PlasmaStream stream = new PlasmaStream(connection, lengthMax());
                    RequestHandler handler =
                            new RequestHandler(config, parts, connection, principal(peer))) {
                try {
                    serve(stream, handler);
                } finally {
                    // before its references go: a client that finds the connection open still
                    // has what it referenced
                    connection.shutdown();
                }
            } catch (Invalid e) {
                // Without its trace: a client could fill the log.
                LOG.warn(
                        "malformed message, connection closed peer={} why={}",
                        peer,
                        e.getMessage());
                count("MALFORMED");
            } catch (Closed e) {
                LOG.debug("connection broken peer={}", peer, e);
            }
        } catch (ForebayException e) {
            LOG.error("request failed, connection closed", e);
            count("INTERNAL");
        } catch (RuntimeException | Error e) {
            LOG.error("connection failed", e);
            count("INTERNAL");
        } finally {
            onEnd.accept(this);
        }
    }

    private long lengthMax() {
        return Math.min(Integer.MAX_VALUE, parts.engine().capacity() + MESSAGE_OVERHEAD);
    }

    private static Principal principal(UnixPeer peer) {
        String user = UnixNames.findUser(peer.userId()).orElse("uid-" + peer.userId());
        String group = UnixNames.findGroup(peer.groupId()).orElse("gid-" + peer.groupId());
        String origin = "pid-" + peer.processId();
        return new Principal(user, Set.of(group), peer.userId() == 0, "peer", origin);
    }

    private void serve(PlasmaStream stream, RequestHandler handler) {
        RequestLog log = new RequestLog(config, parts, handler.caller());
        while (stream.next()) {
            if (stream.type() == MessageType.DISCONNECT) {
                return;
            }
            long begin = log.begin();
            PlasmaRequest request = stream.request();
            RequestHandler.Answer answer = handler.answer(request);
            long sent = send(stream, answer);
            var traffic = new HttpExchange.Traffic(stream.messageLength(), sent);
            log.record(request, answer.status(), new RequestRecorder.Span(begin, traffic));
        }
    }

    private long send(PlasmaStream stream, RequestHandler.Answer answer) {
        if (answer.reply().isEmpty()) {
            return 0;
        }
        if (!answer.withDescriptor()) {
            return stream.write(answer.reply().get());
        }
        descriptorUnderWay.lock();
        try {
            long sent = stream.write(answer.reply().get());
            connection.sendDescriptor(parts.memory().descriptor());
            return sent;
        } finally {
            descriptorUnderWay.unlock();
        }
    }

    private void count(String status) {
        parts.metrics()
                .record(
                        new RequestMetrics.Outcome(
                                PlasmaGateway.NAME,
                                "connection",
                                status,
                                0,
                                new HttpExchange.Traffic(0, 0)));
    }
}
