package dev.forebay.gateway.plasma;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Closed;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectListener;
import dev.forebay.objects.ObjectStatus;
import dev.forebay.protocol.plasma.NotificationStream;
import dev.forebay.protocol.plasma.ObjectEntry;
import dev.forebay.protocol.plasma.PlasmaNotification;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Sends what happens to objects to one client, in order, and however slow that is: changes wait in
 * a queue, and a thread of its own writes them. Nothing is left out: beyond the bound of the queue
 * the socket is closed, and the client sees the end.
 *
 * <p>The thread owns the socket; it closes the socket and ends the subscription.
 */
final class Subscriber implements ObjectListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    /** Bytes of a message, and of an entry in it, on the wire; what they take here is similar. */
    private static final long MESSAGE_LENGTH = 40;

    private static final long ENTRY_LENGTH = 128;

    private final UnixConnection socket;
    private final PlasmaConfig.Backlog backlog;
    private final Queue<PlasmaNotification> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean closed;

    private Subscriber(UnixConnection socket, PlasmaConfig.Backlog backlog) {
        this.socket = socket;
        this.backlog = backlog;
    }

    /**
     * Begins with the objects that are sealed now.
     *
     * @param socket the client's end is at the other side; closed by the subscriber
     * @param name of the thread
     */
    static Subscriber start(
            ObjectEngine engine, UnixConnection socket, PlasmaConfig.Backlog backlog, String name) {
        Subscriber subscriber = new Subscriber(socket, backlog);
        ObjectEngine.Subscription subscription = engine.subscribe(subscriber);
        Thread.ofPlatform().daemon().name(name).start(() -> subscriber.writeAll(subscription));
        return subscriber;
    }

    @Override
    public void sealed(List<ObjectStatus> objects) {
        add(new PlasmaNotification(objects.stream().map(Subscriber::entry).toList()));
    }

    private static ObjectEntry entry(ObjectStatus object) {
        return ObjectEntry.sealed(
                object.id(), object.dataLength(), object.metadataLength(), object.digest());
    }

    @Override
    public void gone(ObjectId id) {
        add(new PlasmaNotification(List.of(ObjectEntry.gone(id))));
    }

    private synchronized void add(PlasmaNotification notification) {
        if (closed) {
            return;
        }
        queue.add(notification);
        queuedBytes += length(notification);
        if (queue.size() > backlog.messages() || queuedBytes > backlog.bytes()) {
            LOG.warn("subscriber too slow, closed messages={} bytes={}", queue.size(), queuedBytes);
            close();
        } else if (queue.size() == 1) {
            notifyAll();
        }
    }

    private static long length(PlasmaNotification notification) {
        return MESSAGE_LENGTH + ENTRY_LENGTH * notification.entries().size();
    }

    /** The next change; empty at the end. */
    private synchronized Optional<PlasmaNotification> take() throws InterruptedException {
        while (queue.isEmpty() && !closed) {
            wait();
        }
        Optional<PlasmaNotification> next = Optional.ofNullable(queue.poll());
        next.ifPresent(notification -> queuedBytes -= length(notification));
        return next;
    }

    private void writeAll(ObjectEngine.Subscription subscription) {
        try (socket;
                NotificationStream stream = new NotificationStream(socket);
                subscription) {
            for (var next = take(); next.isPresent(); next = take()) {
                stream.write(next.get());
            }
        } catch (Closed e) {
            LOG.debug("subscriber gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("notifications stopped", e);
        }
        close();
    }

    /** Drops what waits and ends the socket. */
    @Override
    public synchronized void close() {
        closed = true;
        queue.clear();
        socket.shutdown();
        notifyAll();
    }
}
