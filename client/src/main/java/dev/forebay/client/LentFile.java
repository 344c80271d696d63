package dev.forebay.client;

import dev.forebay.base.ObjectId;

import java.util.List;

/**
 * A file whose blocks are objects: what {@link ObjectClient#get} of the ids gives is the content of
 * the file, without a copy.
 *
 * @param path of the file
 * @param generation names this content of this file; one that is changed, or deleted and made
 *     again, gets another
 * @param length bytes of the file
 * @param blockSize bytes of each block but the last
 * @param blocks object ids in the order of the file; empty for an empty file
 */
public record LentFile(
        String path, String generation, long length, long blockSize, List<ObjectId> blocks) {
    /** Copies the list. */
    public LentFile {
        blocks = List.copyOf(blocks);
    }
}
