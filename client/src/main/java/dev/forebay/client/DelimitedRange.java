package dev.forebay.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Finds delimiters in a file, reading forward once. Used by one thread. */
final class DelimitedRange {
    private static final int PIECE = 64 * 1024;

    private final FileReader reader;
    private final byte[] delimiter;

    DelimitedRange(FileReader reader, byte[] delimiter) {
        if (delimiter.length == 0) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "the delimiter is empty", "");
        }
        this.reader = reader;
        this.delimiter = delimiter.clone();
    }

    byte[] read(ByteRange range) {
        byte[] around = readToDelimiter(range);
        int start = range.offset() == 0 ? 0 : find(around, 0);
        if (start < 0) {
            return new byte[0];
        }
        int end = find(around, range.length());
        int from = range.offset() == 0 ? 0 : start + delimiter.length;
        int to = end < 0 ? around.length : end;
        return from >= to ? new byte[0] : java.util.Arrays.copyOfRange(around, from, to);
    }

    /** The bytes from the offset on, with the first delimiter behind the end of the range. */
    private byte[] readToDelimiter(ByteRange range) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        reader.seek(range.offset());
        int searched = range.length();
        byte[] all = new byte[0];
        while (all.length < range.length() || find(all, searched) < 0) {
            searched = Math.max(range.length(), all.length - delimiter.length + 1);
            piece.clear();
            if (reader.read(piece) < 0) {
                return bytes.toByteArray();
            }
            bytes.write(piece.array(), 0, piece.position());
            all = bytes.size() < range.length() ? all : bytes.toByteArray();
        }
        return all;
    }

    private int find(byte[] bytes, int from) {
        for (int at = from; at <= bytes.length - delimiter.length; at++) {
            if (java.util.Arrays.equals(
                    bytes, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at;
            }
        }
        return -1;
    }
}
