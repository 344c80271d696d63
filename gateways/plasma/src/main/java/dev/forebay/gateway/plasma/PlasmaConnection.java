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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.function.Consumer;

/**
 * One client, from its first byte to its last. Requests are answered one after the other, in the
 * order they came.
 */
final class PlasmaConnection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PlasmaConnection.class);

    /** What a message may hold besides the bytes of an object. */
    private static final long MESSAGE_OVERHEAD = 64L << 20;

    private final PlasmaConfig config;
    private final PlasmaGateway.Parts parts;
    private final UnixConnection connection;
    private final Consumer<PlasmaConnection> onEnd;

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

    /** Ends the connection from another thread. */
    void shutdown() {
        connection.shutdown();
    }

    @Override
    public void run() {
        try (connection) {
            UnixPeer peer = connection.peer();
            try (PlasmaStream stream = new PlasmaStream(connection, lengthMax());
                    RequestHandler handler =
                            new RequestHandler(config, parts, connection, principal(peer))) {
                serve(stream, handler);
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
            long begin = parts.clock().nanos();
            PlasmaRequest request = stream.request();
            RequestHandler.Answer answer = handler.answer(request);
            long sent = answer.reply().isPresent() ? stream.write(answer.reply().get()) : 0;
            if (answer.withDescriptor()) {
                connection.sendDescriptor(parts.memory().descriptor());
            }
            log.record(
                    request,
                    answer.status(),
                    parts.clock().nanos() - begin,
                    new HttpExchange.Traffic(stream.messageLength(), sent));
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
