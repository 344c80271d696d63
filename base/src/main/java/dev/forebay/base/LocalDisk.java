package dev.forebay.base;

import dev.forebay.base.unix.UnixDescriptor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The machine's own file system. Interrupting a thread that reads or writes harms neither the call
 * nor others that share the file; see {@link ChannelFile}.
 */
public final class LocalDisk implements Disk, SupportsDescriptors {
    @Override
    public UnixDescriptor openDescriptor(Path path) {
        return UnixDescriptor.open(path);
    }

    @Override
    public File open(Path path, Mode mode) throws IOException {
        return ChannelFile.open(path, mode);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void rename(Path source, Path target) throws IOException {
        Files.move(
                source,
                target,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public long length(Path path) throws IOException {
        return Files.size(path);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory.toAbsolutePath();
                path != null && !Files.isDirectory(path);
                path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            createOne(path);
        }
    }

    private void createOne(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // another thread may have made it meanwhile; it may not have synced it yet
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        Path parent = directory.getParent();
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    @Override
    public boolean exists(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException _) {
            return false;
        } catch (FileSystemException e) {
            // ENOTDIR: a file stands where a directory of the path would be
            if ("Not a directory".equals(e.getReason())) {
                return false;
            }
            // not knowing must not pass for "no": a caller may then write over what is there
            throw e;
        }
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        // force() on an interrupted thread would fail without syncing
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
