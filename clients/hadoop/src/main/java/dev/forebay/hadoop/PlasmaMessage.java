package dev.forebay.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The few messages of Plasma that are needed here (plasma.fbs): a header of 24 bytes, then a table
 * of FlatBuffers.
 *
 * <pre>
 * 0   i64  version, always 0
 * 8   i64  number of the message type
 * 16  i64  bytes of the body
 * 24       the body
 * </pre>
 *
 * <p>All little-endian.
 *
 * @param type number of the message type
 * @param body without the header
 */
record PlasmaMessage(long type, ByteBuffer body) {
    static final int HEADER_LENGTH = 24;
    static final int ID_LENGTH = 20;

    static final long CREATE_AND_SEAL_REPLY = 4;
    static final long GET_REPLY = 10;
    static final long DELETE_REPLY = 14;
    static final long CONNECT_REPLY = 20;

    private static final long CREATE_AND_SEAL_REQUEST = 3;
    private static final long GET_REQUEST = 9;
    private static final long DELETE_REQUEST = 13;
    private static final long CONNECT_REQUEST = 19;

    private static final int REFERENCE = Integer.BYTES;
    private static final int SPEC_LENGTH = 48;
    private static final int DIGEST_LENGTH = 8;

    /**
     * Where an object lies in the shared memory.
     *
     * @param offset of its data, bytes
     * @param length of its data, bytes; negative when there is no such object
     */
    record Place(long offset, long length) {
        boolean present() {
            return length >= 0;
        }
    }

    static PlasmaMessage connect() {
        ByteBuffer body = memory(64);
        table(body, new int[0], Integer.BYTES);
        return finish(CONNECT_REQUEST, body);
    }

    /** References objects that are there; does not wait for others. */
    static PlasmaMessage get(List<byte[]> ids) {
        ByteBuffer body = memory(64 + ids.size() * (REFERENCE + Integer.BYTES + ID_LENGTH));
        // 4 ids, 8 timeout in milliseconds, which stays 0
        int table = table(body, new int[] {4, 8}, 16);
        references(body, table + 4, ids);
        return finish(GET_REQUEST, body);
    }

    static PlasmaMessage createAndSeal(byte[] id, byte[] bytes) {
        ByteBuffer body = memory(128 + bytes.length);
        // 4 id, 8 data, 12 metadata, 16 digest, 20 whether others are evicted for it
        int table = table(body, new int[] {4, 20, 8, 12, 16}, 24);
        body.put(table + 20, (byte) 1);
        vector(body, table + 4, id);
        vector(body, table + 8, bytes);
        vector(body, table + 12, new byte[0]);
        vector(body, table + 16, new byte[DIGEST_LENGTH]);
        return finish(CREATE_AND_SEAL_REQUEST, body);
    }

    /** Takes an object's name away; it ends with the last reference to it. */
    static PlasmaMessage delete(byte[] id) {
        ByteBuffer body = memory(128);
        // 4 count, 8 ids
        int table = table(body, new int[] {4, 8}, 12);
        body.putInt(table + 4, 1);
        references(body, table + 8, List.of(id));
        return finish(DELETE_REQUEST, body);
    }

    private static ByteBuffer memory(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static PlasmaMessage finish(long type, ByteBuffer body) {
        return new PlasmaMessage(type, body.flip());
    }

    /** Writes reference, vtable and an empty table; what it refers to goes behind it. */
    private static int table(ByteBuffer body, int[] offsets, int length) {
        int vtable = Integer.BYTES;
        int table = vtable + 2 * Short.BYTES + offsets.length * Short.BYTES;
        body.putInt(table);
        body.putShort((short) (table - vtable));
        body.putShort((short) length);
        for (int offset : offsets) {
            body.putShort((short) offset);
        }
        body.putInt(table - vtable);
        body.position(table + length);
        return table;
    }

    private static void vector(ByteBuffer body, int reference, byte[] bytes) {
        body.putInt(reference, body.position() - reference);
        body.putInt(bytes.length).put(bytes);
    }

    private static void references(ByteBuffer body, int reference, List<byte[]> ids) {
        body.putInt(reference, body.position() - reference);
        body.putInt(ids.size());
        int first = body.position();
        body.position(first + ids.size() * REFERENCE);
        for (int index = 0; index < ids.size(); index++) {
            vector(body, first + index * REFERENCE, ids.get(index));
        }
    }

    /** The message as it is sent. */
    ByteBuffer bytes() {
        ByteBuffer whole = memory(HEADER_LENGTH + body.limit());
        whole.putLong(0).putLong(type).putLong(body.limit()).put(body.duplicate());
        return whole.flip();
    }

    /** Whether a Get answers with objects; the first such answer is followed by one byte. */
    boolean hasFiles() throws IOException {
        return vectorAt(2, Integer.BYTES).count() > 0;
    }

    /** The places of the objects that a Get asked for, in order. */
    List<Place> places() throws IOException {
        Vector specs = vectorAt(1, SPEC_LENGTH);
        List<Place> places = new ArrayList<>(specs.count());
        for (int index = 0; index < specs.count(); index++) {
            int at = specs.position() + index * SPEC_LENGTH;
            // PlasmaObjectSpec: 0 file, 8 data offset, 16 data size
            places.add(new Place(body.getLong(at + 8), body.getLong(at + 16)));
        }
        return places;
    }

    private record Vector(int position, int count) {}

    private Vector vectorAt(int field, int elementLength) throws IOException {
        try {
            int table = body.getInt(0);
            int vtable = table - body.getInt(table);
            int entry = 2 * Short.BYTES + field * Short.BYTES;
            int offset = entry < body.getShort(vtable) ? body.getShort(vtable + entry) : 0;
            if (offset == 0) {
                return new Vector(0, 0);
            }
            int reference = table + offset;
            int start = reference + body.getInt(reference);
            int count = body.getInt(start);
            if (count < 0 || (long) count * elementLength > body.limit() - start - REFERENCE) {
                throw new IOException("malformed answer of the node");
            }
            return new Vector(start + REFERENCE, count);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("malformed answer of the node", e);
        }
    }
}
