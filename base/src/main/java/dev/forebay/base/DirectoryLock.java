package dev.forebay.base;

import dev.forebay.base.error.Internal;
import dev.forebay.base.error.InvalidState;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Keeps a second process from using the same data folder: a lock of the system on the file {@code
 * lock} in it.
 */
public final class DirectoryLock implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, making the folder where it is missing: for this user alone, since what a node
     * keeps there may hold secrets.
     *
     * @throws InvalidState when another process has it
     */
    public static DirectoryLock acquire(Path directory) {
        try {
            if (Files.notExists(directory)) {
                Files.createDirectories(directory.toAbsolutePath().resolveSibling("."));
                Files.createDirectory(directory, OWNER_ONLY);
            }
            FileChannel channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new InvalidState(
                        "another node uses this data folder; stop it or choose another with --data",
                        directory);
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new Internal("data folder cannot be locked", directory, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process, which is the same to the caller
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Internal("lock of the data folder cannot be released", "lock", e);
        }
    }
}
