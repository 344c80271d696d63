package dev.forebay.client;

import dev.forebay.base.Randomness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.LongConsumer;

/** Copies between local files and the service. */
final class LocalCopy {
    private static final int PIECE = 256 * 1024;

    private final FileClient files;

    LocalCopy(FileClient files) {
        this.files = files;
    }

    /** Files one behind the other; the local file appears when it is whole. */
    long get(List<String> paths, Path local, LongConsumer progress) {
        Path aside =
                local.resolveSibling(
                        ".forebay-" + Long.toHexString(Randomness.secure().nextLong()));
        boolean moved = false;
        try {
            long count = write(paths, aside, progress);
            Files.move(
                    aside,
                    local,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            moved = true;
            return count;
        } catch (IOException e) {
            throw LocalErrors.of(e, local);
        } finally {
            if (!moved) {
                delete(aside);
            }
        }
    }

    long put(Path local, String path, CreateOptions options, LongConsumer progress) {
        try (InputStream source = Files.newInputStream(local)) {
            long length = Files.size(local);
            int capacity = Math.clamp(length, 1, AlluxioWriter.PIECE);
            byte[] piece = new byte[capacity];
            FileWriter writer = files.create(path, options);
            return completeOrAbort(writer, () -> copy(source, writer, piece, progress));
        } catch (IOException e) {
            throw LocalErrors.of(e, local);
        }
    }

    long copy(String source, String target, CreateOptions options, LongConsumer progress) {
        try (FileReader reader = files.open(source)) {
            FileWriter writer = files.create(target, options);
            byte[] piece = new byte[PIECE];
            return completeOrAbort(
                    writer, () -> copy(reader.asInputStream(), writer, piece, progress));
        } catch (IOException e) {
            throw FilesException.of(Status.UNKNOWN, "the copy failed", source, e);
        }
    }

    /** Bytes that are moved by something that may fail. */
    @FunctionalInterface
    interface Transfer {
        /** Moves them and tells how many. */
        long run() throws IOException;
    }

    /** Completes a file only when everything went into it. */
    static long completeOrAbort(FileWriter writer, Transfer transfer) throws IOException {
        boolean whole = false;
        try {
            long count = transfer.run();
            whole = true;
            return count;
        } finally {
            if (whole) {
                writer.close();
            } else {
                writer.abort();
            }
        }
    }

    private long write(List<String> paths, Path aside, LongConsumer progress) throws IOException {
        long count = 0;
        try (OutputStream target =
                Files.newOutputStream(
                        aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (String path : paths) {
                try (FileReader reader = files.open(path)) {
                    ByteBuffer piece = ByteBuffer.allocate(PIECE);
                    while (reader.read(piece) >= 0) {
                        target.write(piece.array(), 0, piece.position());
                        progress.accept(piece.position());
                        piece.clear();
                    }
                    count += reader.position();
                }
            }
        }
        return count;
    }

    private static long copy(
            InputStream source, FileWriter target, byte[] piece, LongConsumer progress)
            throws IOException {
        long count = 0;
        int read = source.readNBytes(piece, 0, piece.length);
        while (read > 0) {
            target.write(ByteBuffer.wrap(piece, 0, read));
            progress.accept(read);
            count += read;
            read = source.readNBytes(piece, 0, piece.length);
        }
        return count;
    }

    private static void delete(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw LocalErrors.of(e, aside);
        }
    }
}
