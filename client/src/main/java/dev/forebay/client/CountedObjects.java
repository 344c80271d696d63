package dev.forebay.client;

import dev.forebay.base.ObjectId;
import dev.forebay.protocol.plasma.PlasmaDigest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/**
 * A client over the calls of one connection. The connection has one reference to an object; this
 * counts the handles, and gives the reference back with the last.
 */
public final class CountedObjects implements ObjectClient {
    /** Objects from here on are written in place instead of being sent along. */
    private static final long INLINE_MAX = 64 << 10;

    /** Bytes that one thread copies. */
    private static final long COPY_PIECE = 4L << 20;

    private final ObjectCalls calls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ObjectId, Integer> handles = new HashMap<>();
    private volatile boolean closed;

    /**
     * Takes over a connection.
     *
     * @param calls closed with this
     */
    public CountedObjects(ObjectCalls calls) {
        this.calls = calls;
    }

    @Override
    public String endpoint() {
        return calls.endpoint();
    }

    @Override
    public long capacity() {
        return calls.capacity();
    }

    @Override
    public ObjectBuilder create(ObjectId id, long dataLength, byte[] metadata) {
        if (dataLength < 0) {
            throw new ObjectsException.InvalidArgument("not a length of an object", dataLength);
        }
        lock.lock();
        try {
            ObjectCalls.Place place = calls.create(id, dataLength, metadata.length);
            MemorySegment.copy(
                    MemorySegment.ofArray(metadata), 0, place.metadata(), 0, metadata.length);
            handles.merge(id, 1, Integer::sum);
            return new Builder(id, place);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void createAndSeal(ObjectContent content) {
        if (content.data().byteSize() <= INLINE_MAX
                && content.metadata().byteSize() <= INLINE_MAX) {
            createAndSeal(List.of(content));
            return;
        }
        byte[] metadata = content.metadata().toArray(ValueLayout.JAVA_BYTE);
        try (ObjectBuilder builder = create(content.id(), content.data().byteSize(), metadata)) {
            copy(content.data(), builder.data());
            builder.seal();
        }
    }

    private static void copy(MemorySegment source, MemorySegment target) {
        long length = source.byteSize();
        LongStream pieces = LongStream.range(0, Math.ceilDiv(length, COPY_PIECE));
        boolean shareable = source.isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}));
        (shareable ? pieces.parallel() : pieces)
                .forEach(
                        piece -> {
                            long from = piece * COPY_PIECE;
                            long count = Math.min(COPY_PIECE, length - from);
                            MemorySegment.copy(source, from, target, from, count);
                        });
    }

    @Override
    public void createAndSeal(List<ObjectContent> contents) {
        List<Long> digests =
                contents.stream()
                        .map(content -> PlasmaDigest.of(content.data(), content.metadata()))
                        .toList();
        calls.createAndSeal(contents, digests);
    }

    @Override
    public List<Optional<ObjectHandle>> get(List<ObjectId> ids, Duration timeout) {
        if (timeout.isNegative()) {
            throw new ObjectsException.InvalidArgument("not a time to wait", timeout);
        }
        lock.lock();
        try {
            List<Optional<ObjectCalls.Place>> places = calls.get(ids, millis(timeout));
            List<Optional<ObjectHandle>> found = new ArrayList<>();
            for (int index = 0; index < ids.size(); index++) {
                ObjectId id = ids.get(index);
                found.add(places.get(index).map(place -> handle(id, place)));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds, rounded up; empty for what is as good as for ever. */
    private static OptionalLong millis(Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(Long.MAX_VALUE >> 20)) > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(timeout.plusNanos(999_999).toMillis());
    }

    private ObjectHandle handle(ObjectId id, ObjectCalls.Place place) {
        handles.merge(id, 1, Integer::sum);
        return new Handle(id, place);
    }

    /** Counts a handle off; the connection's reference goes with the last. */
    private void release(ObjectId id) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            int left = handles.merge(id, -1, Integer::sum);
            if (left == 0) {
                handles.remove(id);
                calls.release(id);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(ObjectId id) {
        return calls.contains(id);
    }

    @Override
    public Optional<byte[]> hash(ObjectId id) {
        return find(id).map(CountedObjects::hash);
    }

    private static byte[] hash(ObjectHandle handle) {
        try (handle) {
            return ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(PlasmaDigest.of(handle.data(), handle.metadata()))
                    .array();
        }
    }

    @Override
    public List<ObjectInfo> list() {
        return calls.list();
    }

    @Override
    public void delete(List<ObjectId> ids) {
        calls.delete(ids);
    }

    @Override
    public long evict(long bytes) {
        if (bytes < 0) {
            throw new ObjectsException.InvalidArgument("not a number of bytes", bytes);
        }
        return calls.evict(bytes);
    }

    @Override
    public void refresh(List<ObjectId> ids) {
        calls.refresh(ids);
    }

    @Override
    public void reserve(String clientName, long bytes) {
        calls.reserve(clientName, bytes);
    }

    @Override
    public String debugText() {
        return calls.debugText();
    }

    @Override
    public ObjectEvents subscribe() {
        return calls.subscribe();
    }

    @Override
    public void close() {
        closed = true;
        // without the lock, which a get that waits has, and gives up at this
        calls.close();
    }

    private final class Handle implements ObjectHandle {
        private final ObjectId id;
        private final MemorySegment data;
        private final MemorySegment metadata;
        private final AtomicBoolean released = new AtomicBoolean();

        Handle(ObjectId id, ObjectCalls.Place place) {
            this.id = id;
            this.data = place.data().asReadOnly();
            this.metadata = place.metadata().asReadOnly();
        }

        @Override
        public ObjectId id() {
            return id;
        }

        @Override
        public MemorySegment data() {
            return data;
        }

        @Override
        public MemorySegment metadata() {
            return metadata;
        }

        @Override
        public void close() {
            if (!released.getAndSet(true)) {
                release(id);
            }
        }
    }

    private final class Builder implements ObjectBuilder {
        private final ObjectId id;
        private final ObjectCalls.Place place;
        private final AtomicBoolean done = new AtomicBoolean();

        Builder(ObjectId id, ObjectCalls.Place place) {
            this.id = id;
            this.place = place;
        }

        @Override
        public ObjectId id() {
            return id;
        }

        @Override
        public MemorySegment data() {
            return place.data();
        }

        @Override
        public void seal() {
            if (!done.getAndSet(true)) {
                calls.seal(id, PlasmaDigest.of(place.data(), place.metadata()));
                release(id);
            }
        }

        @Override
        public void abort() {
            if (done.getAndSet(true)) {
                return;
            }
            lock.lock();
            try {
                if (!closed) {
                    handles.remove(id);
                    calls.abort(id);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
