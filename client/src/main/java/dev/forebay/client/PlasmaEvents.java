package dev.forebay.client;

import dev.forebay.base.error.ForebayException;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.protocol.plasma.NotificationStream;
import dev.forebay.protocol.plasma.ObjectEntry;
import dev.forebay.protocol.plasma.PlasmaNotification;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Events over a socket of their own. */
final class PlasmaEvents implements ObjectEvents {
    private final UnixConnection connection;
    private final NotificationStream stream;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile boolean closed;
    private boolean ended;

    PlasmaEvents(UnixConnection connection, NotificationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    @Override
    public Optional<ObjectEvent> next() {
        reading.lock();
        try {
            return closed ? Optional.empty() : stream.next().map(PlasmaEvents::event);
        } catch (ForebayException e) {
            if (closed) {
                return Optional.empty();
            }
            throw new ObjectsException.Unavailable("the events broke off", "subscription", e);
        } finally {
            reading.unlock();
        }
    }

    private static ObjectEvent event(PlasmaNotification notification) {
        List<ObjectEntry> entries = notification.entries();
        if (!entries.isEmpty() && entries.getFirst().deletion()) {
            return new ObjectEvent.Gone(entries.getFirst().id());
        }
        return new ObjectEvent.Sealed(entries.stream().map(PlasmaEvents::sealed).toList());
    }

    private static SealedObject sealed(ObjectEntry entry) {
        return new SealedObject(entry.id(), entry.dataLength(), entry.metadataLength());
    }

    @Override
    public void close() {
        closed = true;
        connection.shutdown();
        reading.lock();
        try {
            if (!ended) {
                ended = true;
                stream.close();
                connection.close();
            }
        } finally {
            reading.unlock();
        }
    }
}
