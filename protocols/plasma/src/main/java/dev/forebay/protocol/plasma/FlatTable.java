package dev.forebay.protocol.plasma;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a FlatBuffers buffer, read with a check of every offset that is followed; each method
 * throws Invalid for one that leads out of the buffer. Nothing here recurses, and the work is
 * bounded by the length of the buffer.
 *
 * <pre>
 * root     0  u32  offset of the root table
 * table    0  i32  how far before the table its vtable lies, then the fields
 * vtable   0  u16  bytes of the vtable    2  u16  bytes of the table
 *          4  u16  for each field its offset in the table, 0 when absent
 * vector   0  u32  count, then the elements; a string is a vector of bytes
 * reference   u32  how far behind itself the table or vector lies
 * </pre>
 *
 * <p>All little-endian.
 *
 * @param body the whole buffer, under 2 GiB
 * @param position of the table
 * @param vtable position of its vtable
 * @param vtableLength bytes of that
 * @param length bytes of the table
 */
record FlatTable(MemorySegment body, int position, int vtable, int vtableLength, int length) {
    static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt ID_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong ID_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** Ids in one message: a reference takes 4 bytes, what is made of it about 40. */
    static final int ELEMENTS_MAX = 1 << 20;

    private static final int DIGEST_LENGTH = 8;
    private static final int NONE = -1;

    static FlatTable root(MemorySegment body) {
        if (body.byteSize() > Integer.MAX_VALUE) {
            throw new Invalid("a message is too long", body.byteSize());
        }
        return at(body, follow(body, 0));
    }

    private static FlatTable at(MemorySegment body, int position) {
        require(body, position, Integer.BYTES);
        long vtable = (long) position - body.get(INT, position);
        require(body, vtable, 2 * Short.BYTES);
        int vtableLength = Short.toUnsignedInt(body.get(SHORT, vtable));
        int length = Short.toUnsignedInt(body.get(SHORT, vtable + 2));
        require(body, vtable, vtableLength);
        require(body, position, length);
        return new FlatTable(body, position, (int) vtable, vtableLength, length);
    }

    private static void require(MemorySegment body, long position, long length) {
        if (position < 0 || length > body.byteSize() - position) {
            throw new Invalid("an offset leads out of the message", position);
        }
    }

    /** Where the reference at a position leads. */
    private static int follow(MemorySegment body, int position) {
        require(body, position, Integer.BYTES);
        long target = position + Integer.toUnsignedLong(body.get(INT, position));
        require(body, target, Integer.BYTES);
        return (int) target;
    }

    /** The position of a field; NONE when absent. */
    private int find(int field, int fieldLength) {
        int entry = 4 + 2 * field;
        if (entry + Short.BYTES > vtableLength) {
            return NONE;
        }
        int offset = Short.toUnsignedInt(body.get(SHORT, vtable + (long) entry));
        if (offset == 0) {
            return NONE;
        }
        if (offset + fieldLength > length) {
            throw new Invalid("a field leads out of its table", field);
        }
        return position + offset;
    }

    boolean flag(int field) {
        int at = find(field, 1);
        return at != NONE && body.get(JAVA_BYTE, at) != 0;
    }

    int number(int field) {
        int at = find(field, Integer.BYTES);
        return at == NONE ? 0 : body.get(INT, at);
    }

    long longNumber(int field) {
        int at = find(field, Long.BYTES);
        return at == NONE ? 0 : body.get(LONG, at);
    }

    ObjectSpec spec(int field) {
        int at = find(field, ObjectSpec.LENGTH);
        if (at == NONE) {
            throw new Invalid("the message has no object", field);
        }
        return specAt(at);
    }

    /**
     * A vector.
     *
     * @param position of the first element
     * @param count of elements, 0 when the field is absent
     */
    record Vector(int position, int count) {}

    Vector vector(int field, int elementLength) {
        int at = find(field, Integer.BYTES);
        return at == NONE ? new Vector(0, 0) : vectorAt(follow(body, at), elementLength);
    }

    private Vector vectorAt(int at, int elementLength) {
        long count = Integer.toUnsignedLong(body.get(INT, at));
        require(body, at + (long) Integer.BYTES, count * elementLength);
        return new Vector(at + Integer.BYTES, (int) count);
    }

    /** A vector of references, whose number is bounded. */
    private Vector references(int field) {
        Vector references = vector(field, Integer.BYTES);
        if (references.count() > ELEMENTS_MAX) {
            throw new Invalid("too many in one message", references.count());
        }
        return references;
    }

    /** The bytes of a field, which lie in the message; empty when absent. */
    MemorySegment bytes(int field) {
        Vector bytes = vector(field, 1);
        return body.asSlice(bytes.position(), bytes.count());
    }

    List<MemorySegment> byteVectors(int field) {
        Vector references = references(field);
        List<MemorySegment> all = new ArrayList<>(references.count());
        for (int i = 0; i < references.count(); i++) {
            Vector bytes = element(references, i, 1);
            all.add(body.asSlice(bytes.position(), bytes.count()));
        }
        return all;
    }

    private Vector element(Vector references, int index, int elementLength) {
        return vectorAt(follow(body, references.position() + index * Integer.BYTES), elementLength);
    }

    /** The field as text, which is only for people: what is not UTF-8 becomes a question mark. */
    String text(int field) {
        return new String(bytes(field).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
    }

    /** Eight bytes, the first one least significant; 0 when absent. */
    long digest(int field) {
        Vector bytes = vector(field, 1);
        return bytes.count() == 0 ? 0 : digestAt(bytes);
    }

    private long digestAt(Vector bytes) {
        if (bytes.count() != DIGEST_LENGTH) {
            throw new Invalid("a digest has 8 bytes", bytes.count());
        }
        return body.get(LONG, bytes.position());
    }

    List<Long> digests(int field) {
        Vector references = references(field);
        List<Long> all = new ArrayList<>(references.count());
        for (int i = 0; i < references.count(); i++) {
            all.add(digestAt(element(references, i, 1)));
        }
        return all;
    }

    ObjectId id(int field) {
        return idAt(vector(field, 1));
    }

    List<ObjectId> ids(int field) {
        Vector references = references(field);
        List<ObjectId> all = new ArrayList<>(references.count());
        for (int i = 0; i < references.count(); i++) {
            all.add(idAt(element(references, i, 1)));
        }
        return all;
    }

    private ObjectId idAt(Vector bytes) {
        if (bytes.count() != ObjectId.LENGTH) {
            throw new Invalid("an object id has 20 bytes", bytes.count());
        }
        long at = bytes.position();
        return new ObjectId(
                body.get(ID_LONG, at), body.get(ID_LONG, at + 8), body.get(ID_INT, at + 16));
    }

    List<FlatTable> tables(int field) {
        Vector references = references(field);
        List<FlatTable> all = new ArrayList<>(references.count());
        for (int i = 0; i < references.count(); i++) {
            all.add(at(body, follow(body, references.position() + i * Integer.BYTES)));
        }
        return all;
    }

    List<ObjectSpec> specs(int field) {
        Vector structs = vector(field, ObjectSpec.LENGTH);
        if (structs.count() > ELEMENTS_MAX) {
            throw new Invalid("too many in one message", structs.count());
        }
        List<ObjectSpec> all = new ArrayList<>(structs.count());
        for (int i = 0; i < structs.count(); i++) {
            all.add(specAt(structs.position() + i * ObjectSpec.LENGTH));
        }
        return all;
    }

    // plasma.fbs, PlasmaObjectSpec: 0 file, 8 data offset, 16 data size, 24 metadata offset,
    // 32 metadata size, 40 device
    private ObjectSpec specAt(int at) {
        return new ObjectSpec(
                body.get(INT, at),
                body.get(LONG, at + 8L),
                body.get(LONG, at + 16L),
                body.get(LONG, at + 32L));
    }

    int numberAt(Vector numbers, int index) {
        return body.get(INT, numbers.position() + (long) index * Integer.BYTES);
    }

    long longNumberAt(Vector numbers, int index) {
        return body.get(LONG, numbers.position() + (long) index * Long.BYTES);
    }
}
