package dev.forebay.client.arrow;

import dev.forebay.base.ObjectId;
import dev.forebay.client.ObjectBuilder;
import dev.forebay.client.ObjectClient;
import dev.forebay.client.ObjectHandle;
import dev.forebay.client.ObjectsException;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores record batches as objects, and reads them. An object holds one IPC stream: the schema, the
 * batches, the end; it has no metadata. Safe for use by many threads as far as the allocator is.
 */
public final class ArrowObjects {
    /** Before the length of each message: Arrow columnar format, encapsulated message format. */
    private static final int CONTINUATION = -1;

    private static final ValueLayout.OfInt LENGTH =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ObjectClient objects;
    private final BufferAllocator allocator;

    /**
     * Works on a client.
     *
     * @param objects stays open
     * @param allocator for what is read; stays open
     */
    public ArrowObjects(ObjectClient objects, BufferAllocator allocator) {
        this.objects = objects;
        this.allocator = allocator;
    }

    /**
     * Stores one batch.
     *
     * @throws ObjectsException.ObjectExists when there is an object of this name
     * @throws ObjectsException.StoreFull when it does not fit
     */
    public void put(ObjectId id, VectorSchemaRoot batch) {
        put(id, List.of(batch));
    }

    /**
     * Stores batches. They are written straight into shared memory, after their length was counted.
     *
     * @param batches one or more, all of one schema without dictionaries
     * @throws ObjectsException.InvalidArgument when there is none, or the schemas differ
     * @throws ObjectsException.ObjectExists when there is an object of this name
     * @throws ObjectsException.StoreFull when they do not fit
     */
    public void put(ObjectId id, List<VectorSchemaRoot> batches) {
        if (batches.isEmpty()) {
            throw new ObjectsException.InvalidArgument("a stream needs a schema", id);
        }
        for (VectorSchemaRoot batch : batches) {
            if (!batch.getSchema().equals(batches.getFirst().getSchema())) {
                throw new ObjectsException.InvalidArgument("the batches differ in schema", id);
            }
        }
        CountingChannel count = new CountingChannel();
        write(batches, count);
        try (ObjectBuilder builder = objects.create(id, count.bytes())) {
            write(batches, new SegmentWriteChannel(builder.data()));
            builder.seal();
        }
    }

    private void write(List<VectorSchemaRoot> batches, WritableByteChannel channel) {
        try (VectorSchemaRoot current =
                        VectorSchemaRoot.create(batches.getFirst().getSchema(), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(current, null, channel)) {
            VectorLoader loader = new VectorLoader(current);
            writer.start();
            for (VectorSchemaRoot batch : batches) {
                try (ArrowRecordBatch record = new VectorUnloader(batch).getRecordBatch()) {
                    loader.load(record);
                    writer.writeBatch();
                }
            }
            writer.end();
        } catch (IOException e) {
            // a channel over memory has no errors of its own
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the batches of an object, one after the other.
     *
     * @param timeout how long to wait for it, zero for not at all
     * @return references the object until it is closed; empty when the object is not there. What it
     *     reads is copied into memory of the allocator; a stream that breaks off is an {@link
     *     IOException} of its methods
     * @throws ObjectsException.InvalidArgument when the object does not begin as a stream does
     */
    public Optional<ArrowReader> get(ObjectId id, Duration timeout) {
        return objects.get(List.of(id), timeout).getFirst().map(this::reader);
    }

    private ArrowReader reader(ObjectHandle handle) {
        if (!beginsAsStream(handle.data())) {
            handle.close();
            throw new ObjectsException.InvalidArgument(
                    "the object is no stream of record batches", handle.id());
        }
        return new ArrowStreamReader(new HandleReadChannel(handle), allocator);
    }

    /** Arrow's reader takes the memory for a message before it knows whether there is one. */
    private static boolean beginsAsStream(MemorySegment data) {
        if (data.byteSize() < 2 * Integer.BYTES) {
            return false;
        }
        int first = data.get(LENGTH, 0);
        boolean marked = first == CONTINUATION;
        long length = marked ? data.get(LENGTH, Integer.BYTES) : first;
        long prefix = marked ? 2 * Integer.BYTES : Integer.BYTES;
        return length > 0 && length <= data.byteSize() - prefix;
    }
}
