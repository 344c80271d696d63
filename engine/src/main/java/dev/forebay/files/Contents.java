package dev.forebay.files;

import dev.forebay.base.error.Corrupt;
import dev.forebay.meta.Reader;

import java.nio.ByteBuffer;
import java.util.List;

/** Reads the bytes of small files. */
final class Contents {
    private Contents() {}

    /** The bytes of all extents kept in the value log, one behind the other; read-only. */
    static ByteBuffer inline(Reader reader, List<Extent> extents) {
        if (extents.isEmpty() || extents.getFirst().place() != Extent.Place.INLINE) {
            return ByteBuffer.allocate(0);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate((int) extents.stream().mapToLong(Extent::length).sum());
        for (Extent extent : extents) {
            // a snapshot may show fewer than were written since
            byte[] value =
                    reader.get(FileSpaces.BYTES, FileSpaces.key(extent.block()))
                            .filter(found -> found.length >= extent.length())
                            .orElseThrow(
                                    () -> new Corrupt("small block is missing", extent.block()));
            bytes.put(value, 0, (int) extent.length());
        }
        return bytes.flip().asReadOnlyBuffer();
    }
}
