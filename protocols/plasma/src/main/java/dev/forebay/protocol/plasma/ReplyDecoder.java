package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the bodies of replies and notifications, which a client does. */
final class ReplyDecoder {
    private ReplyDecoder() {}

    /**
     * Reads a reply.
     *
     * @throws Invalid when the body is malformed, or the type is not that of a reply
     */
    static PlasmaReply decode(MessageType type, MemorySegment body) {
        FlatTable table = FlatTable.root(body);
        return switch (type) {
            case CONNECT_REPLY -> new PlasmaReply.Connect(table.longNumber(0));
            case CREATE_REPLY -> create(table);
            case CREATE_AND_SEAL_REPLY -> new PlasmaReply.CreateAndSeal(error(table, 0));
            case CREATE_AND_SEAL_BATCH_REPLY -> new PlasmaReply.CreateAndSealBatch(error(table, 0));
            case ABORT_REPLY -> new PlasmaReply.Abort(table.id(0));
            case SEAL_REPLY -> new PlasmaReply.Seal(table.id(0), error(table, 1));
            case GET_REPLY -> get(table);
            case DELETE_REPLY -> delete(table);
            case CONTAINS_REPLY -> new PlasmaReply.Contains(table.id(0), table.number(1) != 0);
            case LIST_REPLY -> new PlasmaReply.ListObjects(entries(table));
            case EVICT_REPLY -> new PlasmaReply.Evict(table.longNumber(0));
            case SET_OPTIONS_REPLY -> new PlasmaReply.SetOptions(error(table, 0));
            case GET_DEBUG_STRING_REPLY -> new PlasmaReply.DebugString(table.text(0));
            case REFRESH_LRU_REPLY -> new PlasmaReply.RefreshLru();
            default -> throw new Invalid("not a reply", type);
        };
    }

    static PlasmaNotification notification(MemorySegment body) {
        return new PlasmaNotification(entries(FlatTable.root(body)));
    }

    private static PlasmaError error(FlatTable table, int field) {
        return PlasmaError.of(table.number(field));
    }

    private static PlasmaReply create(FlatTable table) {
        return new PlasmaReply.Create(
                table.id(0),
                error(table, 2),
                table.spec(1),
                new StoreFile(table.number(3), table.longNumber(4) - StoreFile.WIRE_EXTRA));
    }

    private static PlasmaReply get(FlatTable table) {
        List<ObjectId> ids = table.ids(0);
        List<ObjectSpec> specs = table.specs(1);
        FlatTable.Vector numbers = table.vector(2, Integer.BYTES);
        FlatTable.Vector lengths = table.vector(3, Long.BYTES);
        if (specs.size() != ids.size() || lengths.count() != numbers.count()) {
            throw new Invalid("the parts of a get differ in number", ids.size());
        }
        if (numbers.count() > FlatTable.ELEMENTS_MAX) {
            throw new Invalid("too many in one message", numbers.count());
        }
        List<StoreFile> files = new ArrayList<>(numbers.count());
        for (int i = 0; i < numbers.count(); i++) {
            files.add(
                    new StoreFile(
                            table.numberAt(numbers, i),
                            table.longNumberAt(lengths, i) - StoreFile.WIRE_EXTRA));
        }
        return new PlasmaReply.Get(ids, specs, files);
    }

    private static PlasmaReply delete(FlatTable table) {
        List<ObjectId> ids = table.ids(1);
        FlatTable.Vector numbers = table.vector(2, Integer.BYTES);
        if (numbers.count() != ids.size()) {
            throw new Invalid("the parts of a delete differ in number", ids.size());
        }
        List<PlasmaError> errors = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            errors.add(PlasmaError.of(table.numberAt(numbers, i)));
        }
        return new PlasmaReply.Delete(ids, errors);
    }

    private static List<ObjectEntry> entries(FlatTable table) {
        return table.tables(0).stream().map(ReplyDecoder::entry).toList();
    }

    private static ObjectEntry entry(FlatTable table) {
        boolean unsealed = table.vector(6, 1).count() == 0;
        return new ObjectEntry(
                table.id(0),
                table.longNumber(1),
                table.longNumber(2),
                table.number(3),
                table.longNumber(4),
                table.longNumber(5),
                unsealed ? OptionalLong.empty() : OptionalLong.of(table.digest(6)),
                table.flag(7));
    }
}
