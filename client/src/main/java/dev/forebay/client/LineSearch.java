package dev.forebay.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds ends of lines from a reader's position on. Pieces grow, so that short lines cost little and
 * long ones few calls; the position is left behind the last line given. Used by one thread.
 */
final class LineSearch {
    private static final int PIECE_MIN = 4 * 1024;
    private static final int PIECE_MAX = 256 * 1024;
    private static final int LENGTH_MAX = Integer.MAX_VALUE - 8;

    private final FileReader reader;
    private final byte[] terminator;

    LineSearch(FileReader reader, byte[] terminator) {
        if (terminator.length == 0) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "the line terminator is empty", "");
        }
        this.reader = reader;
        this.terminator = terminator.clone();
    }

    /** The next line with its terminator; empty at the end. */
    Optional<byte[]> next() {
        long start = reader.position();
        byte[] line = new byte[0];
        int pieceLength = PIECE_MIN;
        int searched = 0;
        while (true) {
            byte[] piece = read(start + line.length, pieceLength);
            requireRoom((long) line.length + piece.length);
            byte[] longer = Arrays.copyOf(line, line.length + piece.length);
            System.arraycopy(piece, 0, longer, line.length, piece.length);
            line = longer;
            int end = find(line, searched);
            if (end >= 0 || piece.length == 0) {
                return give(start, end < 0 ? line : Arrays.copyOf(line, end));
            }
            searched = Math.max(0, line.length - terminator.length + 1);
            pieceLength = Math.clamp(line.length, PIECE_MIN, PIECE_MAX);
        }
    }

    /** All lines up to the end, read in order and once. */
    List<byte[]> rest() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_MAX);
        while (reader.read(piece) >= 0) {
            requireRoom((long) all.size() + piece.position());
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        byte[] bytes = all.toByteArray();
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        while (start < bytes.length) {
            int end = find(bytes, start);
            end = end < 0 ? bytes.length : end;
            lines.add(Arrays.copyOfRange(bytes, start, end));
            start = end;
        }
        return lines;
    }

    private byte[] read(long from, int length) {
        ByteBuffer target = ByteBuffer.allocate(length);
        reader.seek(from);
        int count = 0;
        while (count >= 0 && target.hasRemaining()) {
            count = reader.read(target);
        }
        return Arrays.copyOf(target.array(), target.position());
    }

    private Optional<byte[]> give(long start, byte[] line) {
        reader.seek(start + line.length);
        return line.length == 0 ? Optional.empty() : Optional.of(line);
    }

    private static void requireRoom(long length) {
        if (length > LENGTH_MAX) {
            throw FilesException.of(Status.OUT_OF_RANGE, "too long for memory", "");
        }
    }

    /** The index behind the first terminator at or behind {@code from}; negative when none. */
    private int find(byte[] bytes, int from) {
        for (int at = from; at <= bytes.length - terminator.length; at++) {
            int end = at + terminator.length;
            if (Arrays.equals(bytes, at, end, terminator, 0, terminator.length)) {
                return end;
            }
        }
        return -1;
    }
}
