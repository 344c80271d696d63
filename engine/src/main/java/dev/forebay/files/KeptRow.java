package dev.forebay.files;

import dev.forebay.base.InodeId;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.meta.Space;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A row as snapshots show it, kept when it was changed.
 *
 * @param key of the row that it was
 * @param value what it held; empty when there was no such row
 * @param covers the snapshots that show it
 */
record KeptRow(Key key, Optional<ByteBuffer> value, List<Cover> covers) {
    private static final int PRESENT = 1;
    private static final int VALUE = 2;
    private static final int COVER = 3;

    private static final int ROOT = 1;
    private static final int ABOVE = 2;
    private static final int NEWEST = 3;

    /** The code of a space is its index here, from 1; never reorder. */
    private static final List<Space> SPACES =
            List.of(FileSpaces.INODE, FileSpaces.DENTRY, FileSpaces.EXTENT, FileSpaces.ATTRIBUTE);

    /** Bytes of a key behind that of the row: a zero, which no name holds, and the number. */
    private static final int TAIL = 1 + Long.BYTES;

    /** Copies the covers. */
    KeptRow {
        covers = List.copyOf(covers);
    }

    /** Whether snapshots show the rows of a space; their keys begin with the number of an inode. */
    static boolean shows(Space space) {
        return SPACES.contains(space);
    }

    /**
     * Which row was kept, and up to which snapshot it was like this.
     *
     * @param space of the row
     * @param row its key
     * @param number the newest snapshot that shows it
     */
    record Key(Space space, ByteBuffer row, long number) {
        static Key decode(byte[] key) {
            return new Key(
                    SPACES.get(key[0] - 1),
                    ByteBuffer.wrap(Arrays.copyOfRange(key, 1, key.length - TAIL)),
                    FileSpaces.number(key, key.length - Long.BYTES));
        }

        byte[] encode() {
            return key(space, bytes(row), number);
        }

        byte[] rowKey() {
            return bytes(row);
        }

        InodeId inode() {
            return new InodeId(row.getLong(0));
        }
    }

    static byte[] key(Space space, byte[] row, long number) {
        return ByteBuffer.allocate(1 + row.length + TAIL)
                .put((byte) (SPACES.indexOf(space) + 1))
                .put(row)
                .put((byte) 0)
                .putLong(number)
                .array();
    }

    /** The beginning of the keys of kept rows whose own keys begin with these bytes. */
    static byte[] prefix(Space space, byte[] beginning) {
        return ByteBuffer.allocate(1 + beginning.length)
                .put((byte) (SPACES.indexOf(space) + 1))
                .put(beginning)
                .array();
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** The extent that it was; empty for rows of other spaces and where there was none. */
    Optional<Extent> extent() {
        return key.space().equals(FileSpaces.EXTENT)
                ? value.map(KeptRow::bytes).map(Extent::decode)
                : Optional.empty();
    }

    byte[] encode() {
        RecordWriter writer = new RecordWriter().flag(PRESENT, value.isPresent());
        value.ifPresent(held -> writer.bytes(VALUE, bytes(held)));
        covers.forEach(cover -> writer.element(COVER, encode(cover)));
        return writer.toBytes();
    }

    static KeptRow decode(byte[] key, byte[] bytes) {
        boolean present = false;
        ByteBuffer value = ByteBuffer.wrap(FileSpaces.EMPTY);
        List<Cover> covers = new ArrayList<>();
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            switch (field) {
                case PRESENT -> present = reader.flag();
                case VALUE -> value = ByteBuffer.wrap(reader.bytes());
                case COVER -> covers.add(decodeCover(reader.bytes()));
                default -> {}
            }
        }
        return new KeptRow(
                Key.decode(key), present ? Optional.of(value) : Optional.empty(), covers);
    }

    static byte[] encode(Cover cover) {
        return new RecordWriter()
                .number(ROOT, cover.root().value())
                .number(ABOVE, cover.above())
                .number(NEWEST, cover.newest())
                .toBytes();
    }

    static Cover decodeCover(byte[] bytes) {
        long[] numbers = new long[NEWEST + 1];
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field < numbers.length) {
                numbers[field] = reader.number();
            }
        }
        return new Cover(new InodeId(numbers[ROOT]), numbers[ABOVE], numbers[NEWEST]);
    }
}
