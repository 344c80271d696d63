package dev.forebay.protocol.plasma;

/**
 * A file of the store that clients map. Its descriptor is sent once per connection, behind the
 * first reply that names it; the number stands for this file as long as the connection lives.
 *
 * @param number the store's number of it, any
 * @param length bytes that clients map, 1 or more; on the wire it is 8 more
 */
public record StoreFile(int number, long length) {
    /**
     * What plasma_store adds for its own use; clients take it off again: client.cc, LookupOrMmap.
     */
    static final long WIRE_EXTRA = 8;

    /** What a create that failed answers: no file. */
    public static final StoreFile NONE = new StoreFile(0, -WIRE_EXTRA);
}
