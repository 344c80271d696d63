package dev.forebay.client;

import dev.forebay.base.Randomness;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * What people do with files, built on {@link FileClient} alone, so that it works over every wire.
 * Safe for use by many threads. Errors are those of the calls underneath; errors of local files are
 * {@link FilesException}s of the same meaning that name the local path.
 */
public final class FileTools {
    /** How much {@code head} and {@code tail} give when not told, in bytes. */
    public static final int END_SIZE = 1024;

    private static final int PIECE = 256 * 1024;

    private final FileClient files;

    /** Tools over a client, which stays the caller's to close. */
    public FileTools(FileClient files) {
        this.files = files;
    }

    /**
     * The bytes of a file.
     *
     * @throws FilesException.OutOfRange when there are more than 2^31-9 of them
     */
    public byte[] cat(String path) {
        long length = files.stat(path).length();
        if (length > Integer.MAX_VALUE - 8) {
            throw FilesException.of(Status.OUT_OF_RANGE, "the file is too long for memory", path);
        }
        ByteArrayOutputStream target = new ByteArrayOutputStream((int) length);
        cat(path, target);
        return target.toByteArray();
    }

    /**
     * Copies a file to a stream, which is neither flushed nor closed.
     *
     * @return bytes copied
     * @throws UncheckedIOException when the stream takes no more
     */
    public long cat(String path, OutputStream target) {
        try (FileReader reader = files.open(path)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (reader.read(piece) >= 0) {
                target.write(piece.array(), 0, piece.position());
                piece.clear();
            }
            return reader.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The first bytes of a file.
     *
     * @param size how many, 0 to 2^31-9; all when the file has fewer
     */
    public byte[] head(String path, int size) {
        return read(path, new ByteRange(0, size));
    }

    /** The first {@value #END_SIZE} bytes of a file. */
    public byte[] head(String path) {
        return head(path, END_SIZE);
    }

    /** The last {@value #END_SIZE} bytes of a file. */
    public byte[] tail(String path) {
        return tail(path, END_SIZE);
    }

    /**
     * The last bytes of a file.
     *
     * @param size how many, 0 to 2^31-9; all when the file has fewer
     */
    public byte[] tail(String path, int size) {
        long length = files.stat(path).length();
        return read(path, new ByteRange(Math.max(0, length - size), size));
    }

    /**
     * Copies a file to a local one, which appears, or is replaced, when it is whole.
     *
     * @param local where; its folder must exist
     * @param progress told the bytes of each piece
     * @return bytes copied
     */
    public long get(String path, Path local, LongConsumer progress) {
        return new LocalCopy(files).get(List.of(path), local, progress);
    }

    /** Copies a file to a local one. */
    public long get(String path, Path local) {
        return get(path, local, _ -> {});
    }

    /**
     * Copies a local file. When that fails on the way the new file is dropped.
     *
     * @param progress told the bytes of each piece
     * @return bytes copied
     */
    public long put(Path local, String path, CreateOptions options, LongConsumer progress) {
        return new LocalCopy(files).put(local, path, options, progress);
    }

    /** Copies a local file. */
    public long put(Path local, String path) {
        return put(local, path, CreateOptions.DEFAULT, _ -> {});
    }

    /**
     * Copies all files of a directory, in the order of names, into one local file.
     *
     * @return bytes copied
     */
    public long merge(String directory, Path local) {
        try (Stream<FileStatus> listed = files.list(directory)) {
            List<String> paths =
                    listed.filter(FileStatus::file).map(FileStatus::path).sorted().toList();
            return new LocalCopy(files).get(paths, local, _ -> {});
        }
    }

    /**
     * The paths that match a pattern of {@code *}, {@code ?}, {@code [a-z]} and {@code **}, sorted;
     * see {@link Glob}. A directory without any of these gives the files it holds, a file itself.
     */
    public List<String> glob(String pattern) {
        if (Glob.isPattern(pattern)) {
            return new GlobWalk(files).expand(pattern);
        }
        try (Stream<FileStatus> listed = files.list(pattern)) {
            return listed.filter(FileStatus::file).map(FileStatus::path).sorted().toList();
        } catch (FilesException.NotFound e) {
            return List.of();
        }
    }

    /**
     * The lengths of files by path, sorted.
     *
     * @param deep whether files further below are given as well
     */
    public Map<String, Long> diskUsage(String path, boolean deep) {
        Map<String, Long> lengths = new TreeMap<>();
        try (Stream<FileStatus> listed =
                files.list(path, ListOptions.DEFAULT.withRecursive(deep))) {
            listed.filter(FileStatus::file)
                    .forEach(file -> lengths.put(file.path(), file.length()));
        }
        return lengths;
    }

    /** The lengths of a file, or of the files of a directory, by path, sorted. */
    public Map<String, Long> diskUsage(String path) {
        return diskUsage(path, false);
    }

    /**
     * The lengths of files added up.
     *
     * @param deep whether files further below count as well
     * @return bytes
     */
    public long diskUsageTotal(String path, boolean deep) {
        try (Stream<FileStatus> listed =
                files.list(path, ListOptions.DEFAULT.withRecursive(deep))) {
            return listed.filter(FileStatus::file).mapToLong(FileStatus::length).sum();
        }
    }

    /** A directory and all below it, one step for each directory, parents first. */
    public Stream<WalkStep> walk(String path) {
        List<FileStatus> children = children(path);
        List<FileStatus> directories = children.stream().filter(FileStatus::directory).toList();
        WalkStep step =
                new WalkStep(
                        path, directories, children.stream().filter(FileStatus::file).toList());
        return Stream.concat(
                Stream.of(step), directories.stream().flatMap(directory -> walk(directory.path())));
    }

    /** Makes an empty file; leaves one that is there as it is. */
    public void touch(String path) {
        if (files.find(path).isEmpty()) {
            files.create(path).close();
        }
    }

    /**
     * Copies a file within the service, through this client. When that fails on the way the new
     * file is dropped.
     *
     * @param progress told the bytes of each piece
     * @return bytes copied
     */
    public long copy(String source, String target, CreateOptions options, LongConsumer progress) {
        return new LocalCopy(files).copy(source, target, options, progress);
    }

    /** Copies a file within the service, through this client. */
    public long copy(String source, String target) {
        return copy(source, target, CreateOptions.DEFAULT, _ -> {});
    }

    /** The lines of a file as UTF-8 text. Close the stream. */
    public Stream<String> lines(String path) {
        FileReader reader = files.open(path);
        return new BufferedReader(
                        new InputStreamReader(reader.asInputStream(), StandardCharsets.UTF_8))
                .lines()
                .onClose(reader::close);
    }

    /** The bytes of a range, cut at the end of the file. */
    public byte[] readBlock(String path, ByteRange range) {
        return read(path, range);
    }

    /**
     * The whole records of a range: from behind the first delimiter that begins at or behind its
     * offset, or from the start for offset 0, up to the first delimiter that begins at or behind
     * its end, or to the end of the file. Ranges side by side give every record once. The
     * delimiters around the bytes are not given.
     *
     * @param delimiter one byte or more
     */
    public byte[] readBlock(String path, ByteRange range, byte[] delimiter) {
        try (FileReader reader = files.open(path)) {
            return new DelimitedRange(reader, delimiter).read(range);
        }
    }

    /**
     * The files below a directory as a map from their paths, relative to it, to their bytes. Writes
     * go through at once and replace a file as a whole. The directory is made when it is missing.
     */
    public Map<String, byte[]> asMap(String root) {
        files.createDirectory(root, CreateDirectoryOptions.RECURSIVE);
        return new FileMap(files, root);
    }

    /**
     * As {@link #asMap(String)}, and tries whether files can be written there.
     *
     * @param check whether it is tried, by a file that is made and deleted
     * @throws FilesException.PermissionDenied when they cannot
     */
    public Map<String, byte[]> asMap(String root, boolean check) {
        Map<String, byte[]> map = asMap(root);
        if (check) {
            String name = ".forebay-" + Long.toHexString(Randomness.secure().nextLong());
            String trial = root.endsWith("/") ? root + name : root + "/" + name;
            touch(trial);
            files.delete(trial);
        }
        return map;
    }

    private byte[] read(String path, ByteRange range) {
        try (FileReader reader = files.open(path)) {
            return readFully(reader, range);
        }
    }

    /** Reads a range, cut at the end of the file. */
    static byte[] readFully(FileReader reader, ByteRange range) {
        long rest = Math.max(0, reader.length() - range.offset());
        ByteBuffer target = ByteBuffer.allocate((int) Math.min(range.length(), rest));
        reader.seek(range.offset());
        int count = 0;
        while (count >= 0 && target.hasRemaining()) {
            count = reader.read(target);
        }
        return java.util.Arrays.copyOf(target.array(), target.position());
    }

    private List<FileStatus> children(String path) {
        try (Stream<FileStatus> listed = files.list(path)) {
            return listed.sorted(Comparator.comparing(FileStatus::name)).toList();
        }
    }
}
