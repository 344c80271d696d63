package dev.forebay.understore.s3;

import dev.forebay.base.error.Internal;

import software.amazon.awssdk.core.sync.RequestBody;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of a part, held until the service has them, since a try that failed sends them again.
 * Kept in pieces: parts may be longer than an array, and a short file takes little. Belongs to one
 * thread.
 */
final class S3Part {
    private static final int PIECE_LENGTH = 256 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    long length() {
        return length;
    }

    /** Takes from {@code source} until it is empty or the part has {@code lengthMax} bytes. */
    void fill(ByteBuffer source, long lengthMax) {
        while (source.hasRemaining() && length < lengthMax) {
            int index = (int) (length / PIECE_LENGTH);
            int offset = (int) (length % PIECE_LENGTH);
            if (index == pieces.size()) {
                pieces.add(new byte[PIECE_LENGTH]);
            }
            long room = Math.min(PIECE_LENGTH - offset, lengthMax - length);
            int count = (int) Math.min(room, source.remaining());
            source.get(pieces.get(index), offset, count);
            length += count;
        }
    }

    /** Forgets the bytes, keeps the memory for the next part. */
    void clear() {
        length = 0;
    }

    RequestBody body() {
        return RequestBody.fromContentProvider(this::stream, length, "application/octet-stream");
    }

    private InputStream stream() {
        List<InputStream> streams = new ArrayList<>();
        for (long at = 0; at < length; at += PIECE_LENGTH) {
            streams.add(new ByteArrayInputStream(piece(at), 0, pieceLength(at)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** What the service compares with: a part damaged on its way is refused, not stored. */
    String md5() {
        return Base64.getEncoder().encodeToString(digest());
    }

    byte[] digest() {
        MessageDigest digest = md5Digest();
        for (long at = 0; at < length; at += PIECE_LENGTH) {
            digest.update(piece(at), 0, pieceLength(at));
        }
        return digest.digest();
    }

    static MessageDigest md5Digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new Internal("every JDK has MD5", "", e);
        }
    }

    private byte[] piece(long at) {
        return pieces.get((int) (at / PIECE_LENGTH));
    }

    private int pieceLength(long at) {
        return (int) Math.min(PIECE_LENGTH, length - at);
    }
}
