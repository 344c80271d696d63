package dev.forebay.understore.s3;

/**
 * How objects are cut. Limits: Amazon S3 User Guide, "Amazon S3 multipart upload limits": 10,000
 * parts of 5 MiB to 5 GiB, 5 TiB together.
 *
 * @param partLength of the first parts that are uploaded, bytes; a shorter object goes in one
 *     request
 * @param partsPerDoubling after how many parts they become twice as long
 * @param copyLengthMax longest object copied in one request, bytes; and the least length of a part
 *     when copied in parts
 * @param pageLength most keys in one answer to a listing, 1 to 1,000
 */
record S3Sizes(long partLength, int partsPerDoubling, long copyLengthMax, int pageLength) {
    static final int PARTS_MAX = 10_000;
    static final long OBJECT_LENGTH_MAX = 5L << 40;

    /** In memory is one part for each writer: 8 MiB up to 8 GB, then about 1/1,000 of the file. */
    static final S3Sizes STANDARD = new S3Sizes(8 << 20, 1_000, 256 << 20, 1_000);

    /**
     * The length of a part that is uploaded.
     *
     * @param number from 1
     */
    long partLength(int number) {
        return partLength << ((number - 1) / partsPerDoubling);
    }

    /** The length of each part but the last to copy an object of this length. */
    long copyPartLength(long length) {
        return Math.max(copyLengthMax, Math.ceilDiv(length, PARTS_MAX));
    }
}
