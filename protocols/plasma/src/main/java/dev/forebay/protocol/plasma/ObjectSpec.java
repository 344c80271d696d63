package dev.forebay.protocol.plasma;

/**
 * Where an object lies. Its metadata lies directly behind its data.
 *
 * @param file the store's number of the file
 * @param offset of the data, bytes from the beginning of the file
 * @param dataLength bytes
 * @param metadataLength bytes
 */
public record ObjectSpec(int file, long offset, long dataLength, long metadataLength) {
    /** Bytes of the struct on the wire. */
    static final int LENGTH = 48;

    /** What a create that failed answers: all zeros. */
    public static final ObjectSpec NONE = new ObjectSpec(0, 0, 0, 0);

    /** What a get answers for an object that is not there. */
    public static final ObjectSpec ABSENT = new ObjectSpec(0, 0, -1, 0);

    /** Whether the object is there. */
    public boolean present() {
        return dataLength != ABSENT.dataLength;
    }
}
