package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.util.List;

/**
 * Writes the bodies of replies and notifications, which a store does. The C++ client trusts them
 * blindly: a Create reply always has its id and its struct, an entry of a list its id and its
 * digest, a Get reply as many ids and specs as were asked for.
 */
final class ReplyEncoder {
    private ReplyEncoder() {}

    /** Writes the body and returns the type for the header. */
    static MessageType encode(PlasmaReply reply, FlatWriter writer) {
        return switch (reply) {
            case PlasmaReply.Connect(long capacity) ->
                    longNumber(writer, capacity, MessageType.CONNECT_REPLY);
            case PlasmaReply.Create create -> create(writer, create);
            case PlasmaReply.CreateAndSeal(PlasmaError error) ->
                    error(writer, error, MessageType.CREATE_AND_SEAL_REPLY);
            case PlasmaReply.CreateAndSealBatch(PlasmaError error) ->
                    error(writer, error, MessageType.CREATE_AND_SEAL_BATCH_REPLY);
            case PlasmaReply.Abort(ObjectId id) -> abort(writer, id);
            case PlasmaReply.Seal(ObjectId id, PlasmaError error) ->
                    idAndNumber(writer, id, error.number(), MessageType.SEAL_REPLY);
            case PlasmaReply.Get get -> get(writer, get);
            case PlasmaReply.Delete delete -> delete(writer, delete);
            case PlasmaReply.Contains(ObjectId id, boolean present) ->
                    idAndNumber(writer, id, present ? 1 : 0, MessageType.CONTAINS_REPLY);
            case PlasmaReply.ListObjects(List<ObjectEntry> objects) -> {
                entries(writer, objects);
                yield MessageType.LIST_REPLY;
            }
            case PlasmaReply.Evict(long bytes) ->
                    longNumber(writer, bytes, MessageType.EVICT_REPLY);
            case PlasmaReply.SetOptions(PlasmaError error) ->
                    error(writer, error, MessageType.SET_OPTIONS_REPLY);
            case PlasmaReply.DebugString(String text) -> text(writer, text);
            case PlasmaReply.RefreshLru _ -> {
                writer.root(Shapes.EMPTY);
                yield MessageType.REFRESH_LRU_REPLY;
            }
        };
    }

    /** Writes a table with one vector of objects: a list, or a notification. */
    static void entries(FlatWriter writer, List<ObjectEntry> objects) {
        int table = writer.root(Shapes.ONE_VECTOR);
        int at =
                writer.vector(
                        table + Shapes.ONE_VECTOR.offset(0),
                        objects.size(),
                        TableShape.Field.REFERENCE);
        for (int i = 0; i < objects.size(); i++) {
            entry(writer, at + i * Integer.BYTES, objects.get(i));
        }
    }

    private static void entry(FlatWriter writer, int reference, ObjectEntry entry) {
        TableShape shape = Shapes.OBJECT_INFO;
        int table = writer.table(shape);
        writer.refer(reference, table);
        writer.putLong(table + shape.offset(1), entry.dataLength());
        writer.putLong(table + shape.offset(2), entry.metadataLength());
        writer.putNumber(table + shape.offset(3), entry.references());
        writer.putLong(table + shape.offset(4), entry.createdSeconds());
        writer.putLong(table + shape.offset(5), entry.constructSeconds());
        writer.putFlag(table + shape.offset(7), entry.deletion());
        writer.putId(table + shape.offset(0), entry.id());
        int digest = table + shape.offset(6);
        if (entry.digest().isPresent()) {
            writer.putDigest(digest, entry.digest().getAsLong());
        } else {
            // Empty says that the object is not sealed; absent would kill the client.
            writer.vector(digest, 0, TableShape.Field.FLAG);
        }
    }

    private static MessageType longNumber(FlatWriter writer, long value, MessageType type) {
        int table = writer.root(Shapes.ONE_LONG);
        writer.putLong(table + Shapes.ONE_LONG.offset(0), value);
        return type;
    }

    private static MessageType error(FlatWriter writer, PlasmaError error, MessageType type) {
        int table = writer.root(Shapes.ONE_ERROR);
        writer.putNumber(table + Shapes.ONE_ERROR.offset(0), error.number());
        return type;
    }

    private static MessageType idAndNumber(
            FlatWriter writer, ObjectId id, int number, MessageType type) {
        TableShape shape = Shapes.ID_AND_NUMBER;
        int table = writer.root(shape);
        writer.putNumber(table + shape.offset(1), number);
        writer.putId(table + shape.offset(0), id);
        return type;
    }

    private static MessageType abort(FlatWriter writer, ObjectId id) {
        int table = writer.root(Shapes.ONE_ID);
        writer.putId(table + Shapes.ONE_ID.offset(0), id);
        return MessageType.ABORT_REPLY;
    }

    private static MessageType create(FlatWriter writer, PlasmaReply.Create create) {
        TableShape shape = Shapes.CREATE_REPLY;
        int table = writer.root(shape);
        writer.putSpec(table + shape.offset(1), create.spec());
        writer.putNumber(table + shape.offset(2), create.error().number());
        writer.putNumber(table + shape.offset(3), create.file().number());
        writer.putLong(table + shape.offset(4), create.file().length() + StoreFile.WIRE_EXTRA);
        writer.putId(table + shape.offset(0), create.id());
        return MessageType.CREATE_REPLY;
    }

    private static MessageType get(FlatWriter writer, PlasmaReply.Get get) {
        TableShape shape = Shapes.GET_REPLY;
        int table = writer.root(shape);
        writer.putIds(table + shape.offset(0), get.ids());
        int count = get.specs().size();
        int specs = writer.vector(table + shape.offset(1), count, TableShape.Field.SPEC);
        for (int i = 0; i < count; i++) {
            writer.putSpec(specs + i * ObjectSpec.LENGTH, get.specs().get(i));
        }
        List<StoreFile> files = get.files();
        int numbers = writer.vector(table + shape.offset(2), files.size(), TableShape.Field.NUMBER);
        int lengths =
                writer.vector(table + shape.offset(3), files.size(), TableShape.Field.LONG_NUMBER);
        for (int i = 0; i < files.size(); i++) {
            writer.putNumber(numbers + i * Integer.BYTES, files.get(i).number());
            writer.putLong(lengths + i * Long.BYTES, files.get(i).length() + StoreFile.WIRE_EXTRA);
        }
        return MessageType.GET_REPLY;
    }

    private static MessageType delete(FlatWriter writer, PlasmaReply.Delete delete) {
        TableShape shape = Shapes.DELETE_REPLY;
        int table = writer.root(shape);
        List<PlasmaError> errors = delete.errors();
        writer.putNumber(table + shape.offset(0), delete.ids().size());
        writer.putIds(table + shape.offset(1), delete.ids());
        int at = writer.vector(table + shape.offset(2), errors.size(), TableShape.Field.NUMBER);
        for (int i = 0; i < errors.size(); i++) {
            writer.putNumber(at + i * Integer.BYTES, errors.get(i).number());
        }
        return MessageType.DELETE_REPLY;
    }

    private static MessageType text(FlatWriter writer, String text) {
        int table = writer.root(Shapes.ONE_VECTOR);
        writer.putText(table + Shapes.ONE_VECTOR.offset(0), text);
        return MessageType.GET_DEBUG_STRING_REPLY;
    }
}
