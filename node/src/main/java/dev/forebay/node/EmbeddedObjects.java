package dev.forebay.node;

import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.client.ObjectCalls;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectEvents;
import dev.forebay.client.ObjectInfo;
import dev.forebay.client.ObjectsException;
import dev.forebay.objects.ObjectContent;
import dev.forebay.objects.ObjectEngine;
import dev.forebay.objects.ObjectSession;
import dev.forebay.objects.ObjectStatus;
import dev.forebay.objects.ObjectView;
import dev.forebay.objects.ObjectWait;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The calls of a client in the same process: a session of the objects engine. */
final class EmbeddedObjects implements ObjectCalls {
    private final ObjectEngine engine;
    private final ObjectSession session;
    private final List<EmbeddedEvents> events = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    EmbeddedObjects(ObjectEngine engine, Principal caller) {
        this.engine = engine;
        this.session = engine.open(caller);
    }

    private <T> T call(Object subject, Supplier<T> work) {
        if (closed) {
            throw new ObjectsException.Unavailable(
                    "the client is closed", subject, new Closed("closed", subject));
        }
        try {
            return work.get();
        } catch (ForebayException e) {
            throw switch (e) {
                case AlreadyExists _ -> new ObjectsException.ObjectExists(subject);
                case NotFound _ -> new ObjectsException.ObjectNotFound(subject);
                case OutOfSpace _, QuotaExceeded _ -> new ObjectsException.StoreFull(subject);
                case Invalid _ -> new ObjectsException.InvalidArgument(e.reason(), subject);
                default -> new ObjectsException.Unavailable(e.reason(), subject, e);
            };
        }
    }

    private static Place place(ObjectView view) {
        return new Place(view.data(), view.metadata());
    }

    @Override
    public String endpoint() {
        return "embedded";
    }

    @Override
    public long capacity() {
        return engine.capacity();
    }

    @Override
    public Place create(ObjectId id, long dataLength, long metadataLength) {
        var request = new ObjectSession.Request(id, dataLength, metadataLength);
        return place(call(id, () -> session.create(request)));
    }

    @Override
    public void seal(ObjectId id, long digest) {
        call(
                id,
                () -> {
                    session.seal(id, digest);
                    return id;
                });
    }

    @Override
    public void createAndSeal(List<ObjectClient.ObjectContent> contents, List<Long> digests) {
        List<ObjectContent> all = new ArrayList<>();
        for (int index = 0; index < contents.size(); index++) {
            ObjectClient.ObjectContent content = contents.get(index);
            all.add(
                    new ObjectContent(
                            content.id(), content.data(), content.metadata(), digests.get(index)));
        }
        Object subject = all.size() == 1 ? all.getFirst().id() : "one of several";
        call(
                subject,
                () -> {
                    session.createAndSeal(all);
                    return subject;
                });
    }

    @Override
    public void abort(ObjectId id) {
        session.abort(id);
    }

    @Override
    public List<Optional<Place>> get(List<ObjectId> ids, OptionalLong timeoutMillis) {
        CountDownLatch came = new CountDownLatch(1);
        ObjectWait wait = call("get", () -> session.get(ids, came::countDown));
        try {
            await(wait, came, timeoutMillis);
        } finally {
            wait.end();
        }
        List<Optional<Place>> places = new ArrayList<>();
        for (int index = 0; index < ids.size(); index++) {
            places.add(wait.find(index).map(EmbeddedObjects::place));
        }
        return places;
    }

    private static void await(ObjectWait wait, CountDownLatch came, OptionalLong timeoutMillis) {
        if (wait.complete() || timeoutMillis.equals(OptionalLong.of(0))) {
            return;
        }
        try {
            boolean all = came.await(timeoutMillis.orElse(Long.MAX_VALUE), TimeUnit.MILLISECONDS);
            assert all || timeoutMillis.isPresent();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void release(ObjectId id) {
        session.release(id);
    }

    @Override
    public boolean contains(ObjectId id) {
        return call(id, () -> session.contains(id));
    }

    @Override
    public List<ObjectInfo> list() {
        return call("list", engine::list).stream().map(EmbeddedObjects::info).toList();
    }

    private static ObjectInfo info(ObjectStatus status) {
        boolean sealed = status.state() != ObjectStatus.State.CREATED;
        return new ObjectInfo(
                status.id(),
                status.dataLength(),
                status.metadataLength(),
                status.references(),
                Instant.ofEpochMilli(status.createdMillis()),
                sealed
                        ? Optional.of(Duration.ofMillis(status.constructMillis()))
                        : Optional.empty(),
                sealed ? ObjectInfo.State.SEALED : ObjectInfo.State.CREATED);
    }

    @Override
    public void delete(List<ObjectId> ids) {
        ids.forEach(id -> call(id, () -> session.delete(id)));
    }

    @Override
    public long evict(long bytes) {
        return call(bytes, () -> engine.evict(bytes));
    }

    @Override
    public void refresh(List<ObjectId> ids) {
        session.refresh(ids);
    }

    @Override
    public void reserve(String clientName, long bytes) {
        call(
                clientName,
                () -> {
                    session.reserve(bytes);
                    return clientName;
                });
    }

    @Override
    public String debugText() {
        return call("statistics", engine::statistics).toString();
    }

    @Override
    public ObjectEvents subscribe() {
        EmbeddedEvents stream = new EmbeddedEvents();
        stream.start(engine);
        events.add(stream);
        return stream;
    }

    @Override
    public void close() {
        closed = true;
        events.forEach(EmbeddedEvents::close);
        session.close();
    }
}
