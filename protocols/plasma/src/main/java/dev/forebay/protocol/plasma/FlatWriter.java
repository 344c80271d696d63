package dev.forebay.protocol.plasma;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.forebay.base.ObjectId;
import dev.forebay.base.error.Invalid;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a FlatBuffers buffer from its beginning to its end, behind room for a header. Positions
 * are counted from the beginning of the buffer. For one thread.
 */
final class FlatWriter implements AutoCloseable {
    private static final ValueLayout.OfInt ID_INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong ID_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MessageMemory memory = new MessageMemory();
    private final int header;
    private int end;

    /**
     * Creates a writer.
     *
     * @param header bytes of the header, a multiple of 8
     */
    FlatWriter(int header) {
        this.header = header;
    }

    /** Begins a buffer with its root table and returns the position of that. */
    int root(TableShape shape) {
        memory.trim();
        end = 0;
        reserve(Integer.BYTES, Integer.BYTES);
        int table = table(shape);
        refer(0, table);
        return table;
    }

    /** Adds a table, all zeros, and returns its position. */
    int table(TableShape shape) {
        int vtable = reserve(shape.vtableLength(), Short.BYTES);
        int table = reserve(shape.length(), shape.alignment());
        shape.writeVtable(memory.segment(), header + (long) vtable);
        putNumber(table, table - vtable);
        return table;
    }

    /** Adds room for bytes, all zeros, and returns its position. */
    private int reserve(int length, int alignment) {
        int start = TableShape.align(end, alignment);
        long next = (long) start + length;
        if (next > Integer.MAX_VALUE - header) {
            throw new Invalid("a message is too long", next);
        }
        MemorySegment segment = memory.ensure(header + next, header + (long) end);
        segment.asSlice(header + (long) end, next - end).fill((byte) 0);
        end = (int) next;
        return start;
    }

    /** Makes the reference at one position lead to another one behind it. */
    void refer(int reference, int target) {
        putNumber(reference, target - reference);
    }

    void putFlag(int position, boolean value) {
        memory.segment().set(JAVA_BYTE, header + (long) position, (byte) (value ? 1 : 0));
    }

    void putNumber(int position, int value) {
        memory.segment().set(FlatTable.INT, header + (long) position, value);
    }

    void putLong(int position, long value) {
        memory.segment().set(FlatTable.LONG, header + (long) position, value);
    }

    void putSpec(int position, ObjectSpec spec) {
        putNumber(position, spec.file());
        putLong(position + 8, spec.offset());
        putLong(position + 16, spec.dataLength());
        putLong(position + 24, spec.present() ? spec.offset() + spec.dataLength() : 0);
        putLong(position + 32, spec.metadataLength());
    }

    /**
     * Adds a vector, all zeros.
     *
     * @param reference position of the reference to it
     * @return position of its first element
     */
    int vector(int reference, int count, TableShape.Field element) {
        int elementLength =
                switch (element) {
                    case FLAG -> 1;
                    case NUMBER, REFERENCE -> Integer.BYTES;
                    case LONG_NUMBER -> Long.BYTES;
                    case SPEC -> ObjectSpec.LENGTH;
                };
        if (elementLength >= Long.BYTES) {
            // The count goes before elements that are aligned to 8.
            int behindCount = TableShape.align(end + Integer.BYTES, Long.BYTES);
            reserve(behindCount - Integer.BYTES - end, 1);
        }
        int vector = reserve(Integer.BYTES, Integer.BYTES);
        putNumber(vector, count);
        refer(reference, vector);
        return reserve(Math.multiplyExact(count, elementLength), 1);
    }

    void putId(int reference, ObjectId id) {
        int at = vector(reference, ObjectId.LENGTH, TableShape.Field.FLAG);
        MemorySegment segment = memory.segment();
        segment.set(ID_LONG, header + (long) at, id.first());
        segment.set(ID_LONG, header + at + 8L, id.second());
        segment.set(ID_INT, header + at + 16L, id.third());
    }

    void putIds(int reference, List<ObjectId> ids) {
        int at = vector(reference, ids.size(), TableShape.Field.REFERENCE);
        for (int i = 0; i < ids.size(); i++) {
            putId(at + i * Integer.BYTES, ids.get(i));
        }
    }

    /** Adds bytes of any content. */
    void putBytes(int reference, MemorySegment bytes) {
        if (bytes.byteSize() > Integer.MAX_VALUE - header) {
            throw new Invalid("a message is too long", bytes.byteSize());
        }
        int at = vector(reference, (int) bytes.byteSize(), TableShape.Field.FLAG);
        MemorySegment.copy(bytes, 0, memory.segment(), header + (long) at, bytes.byteSize());
    }

    void putText(int reference, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        putBytes(reference, MemorySegment.ofArray(bytes));
        // A zero behind a string, for readers in C.
        reserve(1, 1);
    }

    /** Adds eight bytes, the least significant one first. */
    void putDigest(int reference, long digest) {
        putLong(vector(reference, Long.BYTES, TableShape.Field.FLAG), digest);
    }

    /** The header, still to be filled, and the buffer; valid until the next one is begun. */
    MemorySegment finish() {
        reserve(0, Integer.BYTES);
        return memory.segment().asSlice(0, header + (long) end);
    }

    @Override
    public void close() {
        memory.close();
    }
}
