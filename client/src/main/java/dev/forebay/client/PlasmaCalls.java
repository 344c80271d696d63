package dev.forebay.client;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.unix.UnixConnection;
import dev.forebay.base.unix.UnixDescriptor;
import dev.forebay.client.ObjectsException.InvalidArgument;
import dev.forebay.client.ObjectsException.ObjectExists;
import dev.forebay.client.ObjectsException.ObjectNotFound;
import dev.forebay.client.ObjectsException.StoreFull;
import dev.forebay.client.ObjectsException.Unavailable;
import dev.forebay.protocol.plasma.NotificationStream;
import dev.forebay.protocol.plasma.ObjectBytes;
import dev.forebay.protocol.plasma.ObjectEntry;
import dev.forebay.protocol.plasma.ObjectSpec;
import dev.forebay.protocol.plasma.PlasmaError;
import dev.forebay.protocol.plasma.PlasmaReply;
import dev.forebay.protocol.plasma.PlasmaRequest;
import dev.forebay.protocol.plasma.PlasmaStream;
import dev.forebay.protocol.plasma.StoreFile;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls over the socket of a store. One request at a time; each blocks its thread, and the
 * carrier of a virtual one, until the store replies.
 *
 * <p>A file of the store is mapped when its descriptor comes, once; the mapping goes when neither
 * this nor a handle can be reached any more.
 */
final class PlasmaCalls implements ObjectCalls {
    /** Bytes of the longest reply that is read: a list of some millions of objects. */
    private static final long REPLY_MAX = 1 << 30;

    /** Stands for waiting for ever: protocol.cc, timeout_ms. */
    private static final long FOR_EVER = -1;

    private final Path socket;
    private final UnixConnection connection;
    private final PlasmaStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Integer, MemorySegment> files = new HashMap<>();
    private final List<PlasmaEvents> events = new CopyOnWriteArrayList<>();
    private final long capacity;
    private boolean broken;
    private boolean closed;

    private PlasmaCalls(Path socket, UnixConnection connection) {
        this.socket = socket;
        this.connection = connection;
        this.stream = new PlasmaStream(connection, REPLY_MAX);
        this.capacity = call(new PlasmaRequest.Connect(), PlasmaReply.Connect.class).capacity();
    }

    static PlasmaCalls connect(Path socket) {
        UnixConnection connection;
        try {
            connection = UnixConnection.connect(socket);
        } catch (Invalid e) {
            throw new InvalidArgument(e.reason(), socket);
        } catch (ForebayException e) {
            throw new Unavailable(e.reason() + "; is the node running?", socket, e);
        }
        boolean connected = false;
        try {
            PlasmaCalls calls = new PlasmaCalls(socket, connection);
            connected = true;
            return calls;
        } finally {
            if (!connected) {
                connection.close();
            }
        }
    }

    /** Asks and waits for the answer. */
    private <T extends PlasmaReply> T call(PlasmaRequest request, Class<T> type) {
        return exchange(
                () -> {
                    stream.write(request);
                    if (!stream.next()) {
                        throw new Closed("the store ended the connection", socket);
                    }
                    return type.cast(stream.reply());
                });
    }

    /** Work with the connection; after a failure nobody knows what comes next on it. */
    private interface Exchange<T> {
        T run() throws ForebayException;
    }

    private <T> T exchange(Exchange<T> work) {
        lock.lock();
        try {
            if (broken) {
                throw new Unavailable(
                        "the connection is closed", socket, new Closed("closed", socket));
            }
            boolean whole = false;
            try {
                T result = work.run();
                whole = true;
                return result;
            } catch (ForebayException | ClassCastException e) {
                throw new Unavailable("the store does not answer", socket, e);
            } finally {
                broken = !whole;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String endpoint() {
        return socket.toString();
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public Place create(ObjectId id, long dataLength, long metadataLength) {
        lock.lock();
        try {
            PlasmaReply.Create reply =
                    call(
                            new PlasmaRequest.Create(id, true, dataLength, metadataLength, 0),
                            PlasmaReply.Create.class);
            check(reply.error(), id);
            learn(List.of(reply.file()));
            return place(reply.spec());
        } finally {
            lock.unlock();
        }
    }

    private static void check(PlasmaError error, Object subject) {
        switch (error) {
            case OK -> {}
            case OBJECT_EXISTS -> throw new ObjectExists(subject);
            case OBJECT_NOT_FOUND -> throw new ObjectNotFound(subject);
            case OUT_OF_MEMORY -> throw new StoreFull(subject);
            case OBJECT_NOT_SEALED ->
                    throw new InvalidArgument("the object is not sealed", subject);
            case OBJECT_IN_USE -> throw new InvalidArgument("the object is in use", subject);
        }
    }

    /** Maps files that come for the first time; their descriptors follow in this order. */
    private void learn(List<StoreFile> named) {
        for (StoreFile file : named) {
            if (!files.containsKey(file.number())) {
                MemorySegment mapping =
                        exchange(
                                () -> {
                                    try (UnixDescriptor descriptor =
                                            connection.receiveDescriptor()) {
                                        return descriptor.map(file.length());
                                    }
                                });
                files.put(file.number(), mapping);
            }
        }
    }

    private Place place(ObjectSpec spec) {
        MemorySegment file = files.get(spec.file());
        long end = spec.offset() + spec.dataLength() + spec.metadataLength();
        if (file == null || spec.offset() < 0 || end > file.byteSize() || end < spec.offset()) {
            throw new Unavailable(
                    "the store names memory that it has not",
                    socket,
                    new Invalid("not a place of an object", spec));
        }
        return new Place(
                file.asSlice(spec.offset(), spec.dataLength()),
                file.asSlice(spec.offset() + spec.dataLength(), spec.metadataLength()));
    }

    @Override
    public void seal(ObjectId id, long digest) {
        check(call(new PlasmaRequest.Seal(id, digest), PlasmaReply.Seal.class).error(), id);
    }

    @Override
    public void createAndSeal(List<ObjectClient.ObjectContent> contents, List<Long> digests) {
        List<ObjectBytes> all = new ArrayList<>();
        for (int index = 0; index < contents.size(); index++) {
            ObjectClient.ObjectContent content = contents.get(index);
            all.add(
                    new ObjectBytes(
                            content.id(), content.data(), content.metadata(), digests.get(index)));
        }
        if (all.size() == 1) {
            var request = new PlasmaRequest.CreateAndSeal(all.getFirst(), true);
            check(call(request, PlasmaReply.CreateAndSeal.class).error(), all.getFirst().id());
        } else if (!all.isEmpty()) {
            var request = new PlasmaRequest.CreateAndSealBatch(all, true);
            check(
                    call(request, PlasmaReply.CreateAndSealBatch.class).error(),
                    all.getFirst().id() + " and others");
        }
    }

    @Override
    public void abort(ObjectId id) {
        call(new PlasmaRequest.Abort(id), PlasmaReply.Abort.class);
    }

    @Override
    public List<Optional<Place>> get(List<ObjectId> ids, OptionalLong timeoutMillis) {
        lock.lock();
        try {
            PlasmaReply.Get reply =
                    call(
                            new PlasmaRequest.Get(ids, timeoutMillis.orElse(FOR_EVER)),
                            PlasmaReply.Get.class);
            learn(reply.files());
            return reply.specs().stream()
                    .map(
                            spec ->
                                    spec.present()
                                            ? Optional.of(place(spec))
                                            : Optional.<Place>empty())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(ObjectId id) {
        lock.lock();
        try {
            // a connection that broke took its references with it
            if (!broken) {
                exchange(() -> stream.write(new PlasmaRequest.Release(id)));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(ObjectId id) {
        return call(new PlasmaRequest.Contains(id), PlasmaReply.Contains.class).present();
    }

    @Override
    public List<ObjectInfo> list() {
        return call(new PlasmaRequest.ListObjects(), PlasmaReply.ListObjects.class)
                .objects()
                .stream()
                .map(PlasmaCalls::info)
                .toList();
    }

    private static ObjectInfo info(ObjectEntry entry) {
        boolean sealed = entry.digest().isPresent();
        return new ObjectInfo(
                entry.id(),
                entry.dataLength(),
                entry.metadataLength(),
                entry.references(),
                Instant.ofEpochSecond(entry.createdSeconds()),
                sealed
                        ? Optional.of(Duration.ofSeconds(entry.constructSeconds()))
                        : Optional.empty(),
                sealed ? ObjectInfo.State.SEALED : ObjectInfo.State.CREATED);
    }

    @Override
    public void delete(List<ObjectId> ids) {
        call(new PlasmaRequest.Delete(ids), PlasmaReply.Delete.class);
    }

    @Override
    public long evict(long bytes) {
        return call(new PlasmaRequest.Evict(bytes), PlasmaReply.Evict.class).bytes();
    }

    @Override
    public void refresh(List<ObjectId> ids) {
        call(new PlasmaRequest.RefreshLru(ids), PlasmaReply.RefreshLru.class);
    }

    @Override
    public void reserve(String clientName, long bytes) {
        var request = new PlasmaRequest.SetOptions(clientName, bytes);
        check(call(request, PlasmaReply.SetOptions.class).error(), clientName);
    }

    @Override
    public String debugText() {
        return call(new PlasmaRequest.GetDebugString(), PlasmaReply.DebugString.class).text();
    }

    @Override
    public ObjectEvents subscribe() {
        UnixConnection.Pair pair = UnixConnection.pair();
        try {
            exchange(
                    () -> {
                        stream.write(new PlasmaRequest.Subscribe());
                        connection.send(pair.far());
                        return true;
                    });
            // the store answers nothing; a request behind it tells that it has taken the socket
            contains(new ObjectId(0, 0, 0));
        } finally {
            pair.far().close();
        }
        PlasmaEvents stream = new PlasmaEvents(pair.near(), new NotificationStream(pair.near()));
        events.add(stream);
        return stream;
    }

    @Override
    public void close() {
        events.forEach(PlasmaEvents::close);
        // ends a call that waits, which leaves the connection to this
        connection.shutdown();
        lock.lock();
        try {
            broken = true;
            if (!closed) {
                closed = true;
                stream.close();
                connection.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
