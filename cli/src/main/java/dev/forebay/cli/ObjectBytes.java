package dev.forebay.cli;

import dev.forebay.base.Randomness;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Bytes of objects in local files. */
final class ObjectBytes {
    private static final int PIECE = 1 << 20;

    private ObjectBytes() {}

    /** Gives bytes in pieces, each an array of its own. */
    static void pieces(MemorySegment bytes, Consumer<byte[]> target) {
        for (long at = 0; at < bytes.byteSize(); at += PIECE) {
            long length = Math.min(PIECE, bytes.byteSize() - at);
            target.accept(bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Refuses to replace a file unless that is wanted. */
    static void requireFree(Path file, boolean replace) {
        if (!replace && Files.exists(file)) {
            throw FilesException.of(
                    Status.ALREADY_EXISTS, "the local file exists", file.toString());
        }
    }

    /** Writes a file, which appears when it is whole. */
    static void write(MemorySegment bytes, Path file) {
        Path aside = file.resolveSibling(".forebay-" + Long.toHexString(random()));
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                for (long at = 0; at < bytes.byteSize(); at += PIECE) {
                    long length = Math.min(PIECE, bytes.byteSize() - at);
                    var piece = bytes.asSlice(at, length).asByteBuffer();
                    while (piece.hasRemaining()) {
                        channel.write(piece);
                    }
                }
                Files.move(
                        aside,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw FilesException.of(
                    Status.FAILED_PRECONDITION, "the local file cannot be written", file + "", e);
        }
    }

    /** Maps a file for as long as the scope is open. */
    static MemorySegment map(Path file, Arena scope) {
        if (!Files.isRegularFile(file)) {
            throw FilesException.of(
                    Files.exists(file) ? Status.INVALID_ARGUMENT : Status.NOT_FOUND,
                    Files.exists(file) ? "not a regular file" : "no such local file",
                    file.toString());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), scope);
        } catch (IOException e) {
            throw FilesException.of(
                    Status.PERMISSION_DENIED, "the local file cannot be read", file + "", e);
        }
    }

    /** Maps all of a stream by way of a file without a name: how long it is shows at its end. */
    static MemorySegment map(InputStream source, Arena scope) {
        try {
            Path spool = Files.createTempFile("forebay-", "");
            try {
                Files.copy(source, spool, StandardCopyOption.REPLACE_EXISTING);
                return map(spool, scope);
            } finally {
                Files.delete(spool);
            }
        } catch (IOException e) {
            throw FilesException.of(Status.UNKNOWN, "standard input cannot be read", "-", e);
        }
    }

    private static long random() {
        return Randomness.secure().nextLong();
    }
}
