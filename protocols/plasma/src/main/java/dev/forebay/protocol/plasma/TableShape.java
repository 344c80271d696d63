package dev.forebay.protocol.plasma;

import java.lang.foreign.MemorySegment;

/**
 * How the tables of one type are laid out: every field has a place, in the order of the schema, so
 * that a table is written without looking at its values.
 */
final class TableShape {
    /** What a field is. */
    enum Field {
        FLAG(1, 1),
        NUMBER(Integer.BYTES, Integer.BYTES),
        LONG_NUMBER(Long.BYTES, Long.BYTES),
        REFERENCE(Integer.BYTES, Integer.BYTES),
        SPEC(ObjectSpec.LENGTH, Long.BYTES);

        private final int length;
        private final int alignment;

        Field(int length, int alignment) {
            this.length = length;
            this.alignment = alignment;
        }
    }

    private final int[] offsets;
    private final int length;
    private final int alignment;

    private TableShape(int[] offsets, int length, int alignment) {
        this.offsets = offsets;
        this.length = length;
        this.alignment = alignment;
    }

    static TableShape of(Field... fields) {
        int[] offsets = new int[fields.length];
        int end = Integer.BYTES;
        int alignment = Integer.BYTES;
        for (int i = 0; i < fields.length; i++) {
            offsets[i] = align(end, fields[i].alignment);
            end = offsets[i] + fields[i].length;
            alignment = Math.max(alignment, fields[i].alignment);
        }
        return new TableShape(offsets, align(end, Integer.BYTES), alignment);
    }

    static int align(int position, int alignment) {
        return (position + alignment - 1) & -alignment;
    }

    int offset(int field) {
        return offsets[field];
    }

    int alignment() {
        return alignment;
    }

    /** Bytes of the table. */
    int length() {
        return length;
    }

    /** Bytes of its vtable. */
    int vtableLength() {
        return 2 * Short.BYTES + Short.BYTES * offsets.length;
    }

    void writeVtable(MemorySegment target, long position) {
        target.set(FlatTable.SHORT, position, (short) vtableLength());
        target.set(FlatTable.SHORT, position + 2, (short) length);
        for (int i = 0; i < offsets.length; i++) {
            target.set(FlatTable.SHORT, position + 4 + 2L * i, (short) offsets[i]);
        }
    }
}
