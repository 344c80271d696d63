package dev.forebay.objects;

import dev.forebay.base.BlockId;
import dev.forebay.base.FilePath;
import dev.forebay.base.ObjectId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * A file whose blocks are objects.
 *
 * @param path of the file
 * @param generation names this content of this file; a file that is changed, or deleted and made
 *     again, gets another
 * @param length bytes of the file
 * @param blockSize bytes of each block but the last
 * @param blocks object ids in the order of the file; empty for an empty file
 * @param numbers of the same blocks in the same order, as HDFS clients see them
 */
public record LentFile(
        FilePath path,
        String generation,
        long length,
        long blockSize,
        List<ObjectId> blocks,
        List<BlockId> numbers) {
    private static final byte[] PREFIX = "forebay-block".getBytes(StandardCharsets.US_ASCII);

    /** Copies the lists. */
    public LentFile {
        blocks = List.copyOf(blocks);
        numbers = List.copyOf(numbers);
    }

    /**
     * The object id of a block: the first 20 bytes of the SHA-256 of {@code forebay-block}, the
     * path, the generation and the decimal index, with a zero byte between each two.
     *
     * @param index of the block, from 0
     */
    public static ObjectId blockId(FilePath path, String generation, int index) {
        MessageDigest digest = sha256();
        digest.update(PREFIX);
        digest.update((byte) 0);
        digest.update(path.bytes());
        digest.update((byte) 0);
        digest.update(generation.getBytes(StandardCharsets.US_ASCII));
        digest.update((byte) 0);
        digest.update(Integer.toString(index).getBytes(StandardCharsets.US_ASCII));
        return ObjectId.of(Arrays.copyOf(digest.digest(), ObjectId.LENGTH));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
