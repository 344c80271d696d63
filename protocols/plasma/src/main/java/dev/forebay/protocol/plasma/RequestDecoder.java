package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads the bodies of requests, which a store does. */
final class RequestDecoder {
    private RequestDecoder() {}

    /**
     * Reads a request.
     *
     * @throws Invalid when the body is malformed, or the type is not that of a request
     */
    static PlasmaRequest decode(MessageType type, MemorySegment body) {
        FlatTable table = FlatTable.root(body);
        return switch (type) {
            case CONNECT_REQUEST -> new PlasmaRequest.Connect();
            case CREATE_REQUEST ->
                    new PlasmaRequest.Create(
                            table.id(0),
                            table.flag(1),
                            table.longNumber(2),
                            table.longNumber(3),
                            table.number(4));
            case CREATE_AND_SEAL_REQUEST ->
                    new PlasmaRequest.CreateAndSeal(
                            new ObjectBytes(
                                    table.id(0), table.bytes(2), table.bytes(3), table.digest(4)),
                            table.flag(1));
            case CREATE_AND_SEAL_BATCH_REQUEST ->
                    new PlasmaRequest.CreateAndSealBatch(contents(table), table.flag(1));
            case ABORT_REQUEST -> new PlasmaRequest.Abort(table.id(0));
            case SEAL_REQUEST -> new PlasmaRequest.Seal(table.id(0), table.digest(1));
            case GET_REQUEST -> new PlasmaRequest.Get(table.ids(0), table.longNumber(1));
            case RELEASE_REQUEST -> new PlasmaRequest.Release(table.id(0));
            case DELETE_REQUEST -> new PlasmaRequest.Delete(table.ids(1));
            case CONTAINS_REQUEST -> new PlasmaRequest.Contains(table.id(0));
            case LIST_REQUEST -> new PlasmaRequest.ListObjects();
            case EVICT_REQUEST -> new PlasmaRequest.Evict(table.longNumber(0));
            case SUBSCRIBE_REQUEST -> new PlasmaRequest.Subscribe();
            case SET_OPTIONS_REQUEST ->
                    new PlasmaRequest.SetOptions(table.text(0), table.longNumber(1));
            case GET_DEBUG_STRING_REQUEST -> new PlasmaRequest.GetDebugString();
            case REFRESH_LRU_REQUEST -> new PlasmaRequest.RefreshLru(table.ids(0));
            default -> throw new Invalid("not a request", type);
        };
    }

    private static List<ObjectBytes> contents(FlatTable table) {
        List<ObjectId> ids = table.ids(0);
        List<MemorySegment> data = table.byteVectors(2);
        List<MemorySegment> metadata = table.byteVectors(3);
        List<Long> digests = table.digests(4);
        int count = ids.size();
        if (data.size() != count || metadata.size() != count || digests.size() != count) {
            throw new Invalid("the parts of a batch differ in number", count);
        }
        List<ObjectBytes> contents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            contents.add(new ObjectBytes(ids.get(i), data.get(i), metadata.get(i), digests.get(i)));
        }
        return contents;
    }
}
