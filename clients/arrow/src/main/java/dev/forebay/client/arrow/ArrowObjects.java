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
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stores record batches as objects, and reads them. An object holds one IPC stream: the schema, the
 * batches, the end; it has no metadata. Safe for use by many threads as far as the allocator is.
 */
public final class ArrowObjects {
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
     *     reads is copied into memory of the allocator; bytes that are no stream are an {@link
     *     IOException} of its methods
     */
    public Optional<ArrowReader> get(ObjectId id, Duration timeout) {
        return objects.get(List.of(id), timeout).getFirst().map(this::reader);
    }

    private ArrowReader reader(ObjectHandle handle) {
        return new ArrowStreamReader(new HandleReadChannel(handle), allocator);
    }
}
