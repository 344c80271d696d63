package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.util.List;

/** Writes the bodies of requests, which a client does. */
final class RequestEncoder {
    private RequestEncoder() {}

    /** Writes the body and returns the type for the header. */
    static MessageType encode(PlasmaRequest request, FlatWriter writer) {
        return switch (request) {
            case PlasmaRequest.Connect _ -> empty(writer, MessageType.CONNECT_REQUEST);
            case PlasmaRequest.Create create -> create(writer, create);
            case PlasmaRequest.CreateAndSeal create -> createAndSeal(writer, create);
            case PlasmaRequest.CreateAndSealBatch batch -> createAndSealBatch(writer, batch);
            case PlasmaRequest.Abort(ObjectId id) -> id(writer, id, MessageType.ABORT_REQUEST);
            case PlasmaRequest.Seal seal -> seal(writer, seal);
            case PlasmaRequest.Get get -> get(writer, get);
            case PlasmaRequest.Release(ObjectId id) -> id(writer, id, MessageType.RELEASE_REQUEST);
            case PlasmaRequest.Delete(List<ObjectId> ids) -> delete(writer, ids);
            case PlasmaRequest.Contains(ObjectId id) ->
                    id(writer, id, MessageType.CONTAINS_REQUEST);
            case PlasmaRequest.ListObjects _ -> empty(writer, MessageType.LIST_REQUEST);
            case PlasmaRequest.Evict(long bytes) -> evict(writer, bytes);
            case PlasmaRequest.Subscribe _ -> empty(writer, MessageType.SUBSCRIBE_REQUEST);
            case PlasmaRequest.SetOptions options -> setOptions(writer, options);
            case PlasmaRequest.GetDebugString _ ->
                    empty(writer, MessageType.GET_DEBUG_STRING_REQUEST);
            case PlasmaRequest.RefreshLru(List<ObjectId> ids) -> refresh(writer, ids);
        };
    }

    private static MessageType empty(FlatWriter writer, MessageType type) {
        writer.root(Shapes.EMPTY);
        return type;
    }

    private static MessageType id(FlatWriter writer, ObjectId id, MessageType type) {
        int table = writer.root(Shapes.ONE_ID);
        writer.putId(table + Shapes.ONE_ID.offset(0), id);
        return type;
    }

    private static MessageType create(FlatWriter writer, PlasmaRequest.Create create) {
        TableShape shape = Shapes.CREATE_REQUEST;
        int table = writer.root(shape);
        writer.putFlag(table + shape.offset(1), create.evictIfFull());
        writer.putLong(table + shape.offset(2), create.dataLength());
        writer.putLong(table + shape.offset(3), create.metadataLength());
        writer.putNumber(table + shape.offset(4), create.device());
        writer.putId(table + shape.offset(0), create.id());
        return MessageType.CREATE_REQUEST;
    }

    private static MessageType createAndSeal(
            FlatWriter writer, PlasmaRequest.CreateAndSeal create) {
        TableShape shape = Shapes.CREATE_AND_SEAL_REQUEST;
        int table = writer.root(shape);
        ObjectBytes content = create.content();
        writer.putFlag(table + shape.offset(1), create.evictIfFull());
        writer.putId(table + shape.offset(0), content.id());
        writer.putBytes(table + shape.offset(2), content.data());
        writer.putBytes(table + shape.offset(3), content.metadata());
        writer.putDigest(table + shape.offset(4), content.digest());
        return MessageType.CREATE_AND_SEAL_REQUEST;
    }

    private static MessageType createAndSealBatch(
            FlatWriter writer, PlasmaRequest.CreateAndSealBatch batch) {
        TableShape shape = Shapes.CREATE_AND_SEAL_REQUEST;
        List<ObjectBytes> contents = batch.contents();
        int table = writer.root(shape);
        writer.putFlag(table + shape.offset(1), batch.evictIfFull());
        writer.putIds(table + shape.offset(0), contents.stream().map(ObjectBytes::id).toList());
        int data = references(writer, table + shape.offset(2), contents.size());
        int metadata = references(writer, table + shape.offset(3), contents.size());
        int digests = references(writer, table + shape.offset(4), contents.size());
        for (int i = 0; i < contents.size(); i++) {
            ObjectBytes content = contents.get(i);
            writer.putBytes(data + i * Integer.BYTES, content.data());
            writer.putBytes(metadata + i * Integer.BYTES, content.metadata());
            writer.putDigest(digests + i * Integer.BYTES, content.digest());
        }
        return MessageType.CREATE_AND_SEAL_BATCH_REQUEST;
    }

    private static int references(FlatWriter writer, int reference, int count) {
        return writer.vector(reference, count, TableShape.Field.REFERENCE);
    }

    private static MessageType seal(FlatWriter writer, PlasmaRequest.Seal seal) {
        TableShape shape = Shapes.SEAL_REQUEST;
        int table = writer.root(shape);
        writer.putId(table + shape.offset(0), seal.id());
        writer.putDigest(table + shape.offset(1), seal.digest());
        return MessageType.SEAL_REQUEST;
    }

    private static MessageType get(FlatWriter writer, PlasmaRequest.Get get) {
        TableShape shape = Shapes.GET_REQUEST;
        int table = writer.root(shape);
        writer.putLong(table + shape.offset(1), get.timeoutMillis());
        writer.putIds(table + shape.offset(0), get.ids());
        return MessageType.GET_REQUEST;
    }

    private static MessageType delete(FlatWriter writer, List<ObjectId> ids) {
        TableShape shape = Shapes.DELETE_REQUEST;
        int table = writer.root(shape);
        writer.putNumber(table + shape.offset(0), ids.size());
        writer.putIds(table + shape.offset(1), ids);
        return MessageType.DELETE_REQUEST;
    }

    private static MessageType evict(FlatWriter writer, long bytes) {
        int table = writer.root(Shapes.ONE_LONG);
        writer.putLong(table + Shapes.ONE_LONG.offset(0), bytes);
        return MessageType.EVICT_REQUEST;
    }

    private static MessageType setOptions(FlatWriter writer, PlasmaRequest.SetOptions options) {
        TableShape shape = Shapes.SET_OPTIONS_REQUEST;
        int table = writer.root(shape);
        writer.putLong(table + shape.offset(1), options.quotaBytes());
        writer.putText(table + shape.offset(0), options.clientName());
        return MessageType.SET_OPTIONS_REQUEST;
    }

    private static MessageType refresh(FlatWriter writer, List<ObjectId> ids) {
        int table = writer.root(Shapes.ONE_VECTOR);
        writer.putIds(table + Shapes.ONE_VECTOR.offset(0), ids);
        return MessageType.REFRESH_LRU_REQUEST;
    }
}
