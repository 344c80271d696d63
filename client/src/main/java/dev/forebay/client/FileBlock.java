package dev.forebay.client;

import java.util.List;

/**
 * One block of a file (Alluxio: FileBlockInfo and the BlockInfo in it).
 *
 * @param blockId its number
 * @param offset of its first byte in the file
 * @param length bytes
 * @param locations where it is in memory; empty when it is not
 * @param underStoreLocations hosts of the under store that hold it
 */
public record FileBlock(
        long blockId,
        long offset,
        long length,
        List<BlockLocation> locations,
        List<String> underStoreLocations) {
    /** Copies the lists. */
    public FileBlock {
        locations = List.copyOf(locations);
        underStoreLocations = List.copyOf(underStoreLocations);
    }
}
