package dev.forebay.gateway.hdfs;

import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;

import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a listing of several directories goes on. Clients hand it back as they got it:
 *
 * <pre>
 * index of the directory 4, big-endian | last name that was listed of it, to the end; or nothing
 * </pre>
 *
 * @param index of the directory among those asked for, 0 or more
 * @param after the last name that was listed of it
 */
record ListingCursor(int index, Optional<Name> after) {
    /**
     * Reads it; no bytes are the beginning.
     *
     * @throws RpcError.Refusal when a client made it up
     */
    static ListingCursor decode(ByteString bytes) {
        if (bytes.isEmpty()) {
            return new ListingCursor(0, Optional.empty());
        }
        ByteBuffer fields = bytes.asReadOnlyByteBuffer();
        if (fields.remaining() < Integer.BYTES || fields.getInt(0) < 0) {
            throw malformed();
        }
        int index = fields.getInt();
        byte[] name = new byte[fields.remaining()];
        fields.get(name);
        try {
            return new ListingCursor(
                    index, name.length == 0 ? Optional.empty() : Optional.of(Name.of(name)));
        } catch (Invalid _) {
            throw malformed();
        }
    }

    private static RpcError.Refusal malformed() {
        return RpcError.of(RpcError.ILLEGAL_ARGUMENT, "malformed place in a listing").refused();
    }

    ByteString encode() {
        byte[] name = after.map(Name::bytes).orElse(new byte[0]);
        return ByteString.copyFrom(
                ByteBuffer.allocate(Integer.BYTES + name.length).putInt(index).put(name).flip());
    }

    /** The beginning of the next directory. */
    ListingCursor next() {
        return new ListingCursor(index + 1, Optional.empty());
    }

    /** Behind a name of this one. */
    ListingCursor behind(Name name) {
        return new ListingCursor(index, Optional.of(name));
    }
}
