package dev.forebay.files;

import dev.forebay.base.BlockId;
import dev.forebay.base.RecordReader;
import dev.forebay.base.RecordWriter;
import dev.forebay.base.error.Corrupt;

import java.util.List;

/**
 * One block of a file. Files whose bytes lie in a mounted store have no stored extents: theirs
 * follow from length and block size.
 *
 * @param block its id
 * @param length bytes, 1 or more
 * @param generation of the content
 * @param place where the durable bytes are
 */
record Extent(BlockId block, long length, long generation, Place place) {
    /** Where the bytes of a block are, apart from copies in memory. */
    enum Place {
        /** In the value log of the metadata store. */
        INLINE,
        /** In the block store. */
        DISK,
        /** Nowhere but in memory. */
        MEMORY,
        /** In the mounted store. */
        UNDER
    }

    /** The code of a place is its index here; never reorder. */
    private static final List<Place> CODES =
            List.of(Place.INLINE, Place.DISK, Place.MEMORY, Place.UNDER);

    private static final int BLOCK = 1;
    private static final int LENGTH = 2;
    private static final int GENERATION = 3;
    private static final int PLACE = 4;

    /** Where bytes are stored: a small block may bear the number of one that was on disk. */
    record Stored(BlockId block, Place place) {}

    Stored stored() {
        return new Stored(block, place);
    }

    /** The same block elsewhere. */
    Extent at(Place other) {
        return new Extent(block, length, generation, other);
    }

    byte[] encode() {
        return new RecordWriter()
                .number(BLOCK, block.value())
                .number(LENGTH, length)
                .number(GENERATION, generation)
                .number(PLACE, CODES.indexOf(place))
                .toBytes();
    }

    static Extent decode(byte[] bytes) {
        long[] numbers = new long[PLACE + 1];
        RecordReader reader = new RecordReader(bytes);
        for (int field = reader.next(); field != 0; field = reader.next()) {
            if (field < numbers.length) {
                numbers[field] = reader.number();
            }
        }
        if (numbers[PLACE] < 0 || numbers[PLACE] >= CODES.size() || numbers[LENGTH] <= 0) {
            throw new Corrupt("extent record is damaged", numbers[BLOCK]);
        }
        return new Extent(
                new BlockId(numbers[BLOCK]),
                numbers[LENGTH],
                numbers[GENERATION],
                CODES.get((int) numbers[PLACE]));
    }
}
