package dev.forebay.node;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectEvents;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectListener;
import dev.forebay.objects.ObjectStatus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Events of objects in the same process. Whoever does not take them loses the stream. */
final class EmbeddedEvents implements ObjectEvents, ObjectListener {
    /** Events that wait; beyond them the stream ends. */
    private static final int WAITING_MAX = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<ObjectEvent> waiting = new ArrayDeque<>();
    private Optional<ObjectEngine.Subscription> subscription = Optional.empty();
    private boolean closed;

    /** Begins; the engine calls back at once. */
    void start(ObjectEngine engine) {
        subscription = Optional.of(engine.subscribe(this));
    }

    @Override
    public void sealed(List<ObjectStatus> objects) {
        List<SealedObject> all =
                objects.stream()
                        .map(
                                object ->
                                        new SealedObject(
                                                object.id(),
                                                object.dataLength(),
                                                object.metadataLength()))
                        .toList();
        add(new ObjectEvent.Sealed(all));
    }

    @Override
    public void gone(ObjectId id) {
        add(new ObjectEvent.Gone(id));
    }

    private void add(ObjectEvent event) {
        lock.lock();
        try {
            if (waiting.size() == WAITING_MAX) {
                closed = true;
            }
            if (!closed) {
                waiting.add(event);
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ObjectEvent> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        subscription.ifPresent(ObjectEngine.Subscription::close);
        lock.lock();
        try {
            closed = true;
            waiting.clear();
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
