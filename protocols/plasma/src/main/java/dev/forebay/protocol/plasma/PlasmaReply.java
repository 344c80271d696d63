package dev.forebay.protocol.plasma;

import dev.forebay.base.ObjectId;

import java.util.List;

/** What a store answers. */
public sealed interface PlasmaReply {
    /**
     * To Connect.
     *
     * @param capacity bytes that objects may take together
     */
    record Connect(long capacity) implements PlasmaReply {}

    /**
     * To Create.
     *
     * @param id as asked
     * @param error OK, OBJECT_EXISTS or OUT_OF_MEMORY; others kill a C++ client
     * @param spec where to write; NONE on error
     * @param file where that is; NONE on error
     */
    record Create(ObjectId id, PlasmaError error, ObjectSpec spec, StoreFile file)
            implements PlasmaReply {
        /** The answer to a create that failed. */
        public static Create failed(ObjectId id, PlasmaError error) {
            return new Create(id, error, ObjectSpec.NONE, StoreFile.NONE);
        }
    }

    /** To CreateAndSeal; errors as for Create. */
    record CreateAndSeal(PlasmaError error) implements PlasmaReply {}

    /** To CreateAndSealBatch; errors as for Create. */
    record CreateAndSealBatch(PlasmaError error) implements PlasmaReply {}

    /** To Abort. */
    record Abort(ObjectId id) implements PlasmaReply {}

    /** To Seal; OK or OBJECT_NOT_FOUND. */
    record Seal(ObjectId id, PlasmaError error) implements PlasmaReply {}

    /**
     * To Get.
     *
     * @param ids as asked
     * @param specs one for each id, in the same order; ABSENT for what is not there
     * @param files each file of the objects that are there, once
     */
    record Get(List<ObjectId> ids, List<ObjectSpec> specs, List<StoreFile> files)
            implements PlasmaReply {
        /** Copies the lists. */
        public Get {
            ids = List.copyOf(ids);
            specs = List.copyOf(specs);
            files = List.copyOf(files);
        }
    }

    /**
     * To Delete.
     *
     * @param ids as asked
     * @param errors one for each id
     */
    record Delete(List<ObjectId> ids, List<PlasmaError> errors) implements PlasmaReply {
        /** Copies the lists. */
        public Delete {
            ids = List.copyOf(ids);
            errors = List.copyOf(errors);
        }
    }

    /** To Contains. */
    record Contains(ObjectId id, boolean present) implements PlasmaReply {}

    /** To ListObjects. */
    record ListObjects(List<ObjectEntry> objects) implements PlasmaReply {
        /** Copies the list. */
        public ListObjects {
            objects = List.copyOf(objects);
        }
    }

    /** To Evict: how many bytes went. */
    record Evict(long bytes) implements PlasmaReply {}

    /** To SetOptions; OK or OUT_OF_MEMORY. */
    record SetOptions(PlasmaError error) implements PlasmaReply {}

    /** To GetDebugString. */
    record DebugString(String text) implements PlasmaReply {}

    /** To RefreshLru. */
    record RefreshLru() implements PlasmaReply {}
}
