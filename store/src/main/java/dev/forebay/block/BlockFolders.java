package dev.forebay.block;

import dev.forebay.base.BlockId;
import dev.forebay.base.Disk;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each block's file is: {@code xx/id.block} when sealed, {@code xx/id.open} before, in one of
 * {@value #COUNT} folders. Runs of {@value #RUN} ids share a folder, so that blocks made at about
 * the same time share its syncs. Safe for use by many threads.
 */
final class BlockFolders {
    /** Folders. */
    static final int COUNT = 256;

    private static final int RUN = 256;
    private static final Pattern FILE_NAME = Pattern.compile("([1-9][0-9]{0,18})\\.(block|open)");
    private static final Logger log = LoggerFactory.getLogger(BlockFolders.class);

    private final Disk disk;
    private final Path root;
    // an element is set once the folder is there
    private final AtomicReferenceArray<FolderSync> syncs = new AtomicReferenceArray<>(COUNT);

    BlockFolders(Disk disk, Path root) throws IOException {
        this.disk = disk;
        this.root = root;
        disk.createDirectories(root);
    }

    Path root() {
        return root;
    }

    /** The folder of a block, 0 to {@link #COUNT} - 1. */
    static int folderOf(BlockId id) {
        return (int) (id.value() / RUN % COUNT);
    }

    private Path folder(int index) {
        return root.resolve(String.format("%02x", index));
    }

    Path sealedPath(BlockId id) {
        return folder(folderOf(id)).resolve(id + ".block");
    }

    Path openPath(BlockId id) {
        return folder(folderOf(id)).resolve(id + ".open");
    }

    /** Makes the folder of a block where it is missing. */
    void make(BlockId id) throws IOException {
        int index = folderOf(id);
        if (syncs.get(index) == null) {
            disk.createDirectories(folder(index));
            syncs.compareAndSet(index, null, new FolderSync(disk, folder(index)));
        }
    }

    /** Makes the name of a block durable. */
    void sync(BlockId id) throws IOException {
        make(id);
        syncs.get(folderOf(id)).sync();
    }

    /** The length of a file, or empty when there is none. */
    Optional<Long> fileLength(Path path) throws IOException {
        try {
            return Optional.of(disk.length(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** The blocks that have a file in a folder; other files are left alone. */
    Set<BlockId> list(int index) throws IOException {
        Set<BlockId> ids = new TreeSet<>();
        for (String name : disk.list(folder(index))) {
            Optional<BlockId> id = parse(name);
            id.ifPresent(ids::add);
            if (id.isEmpty()) {
                log.warn("unknown file among blocks folder={} name={}", folder(index), name);
            }
        }
        return ids;
    }

    private static Optional<BlockId> parse(String name) {
        Matcher matcher = FILE_NAME.matcher(name);
        try {
            return matcher.matches()
                    ? Optional.of(new BlockId(Long.parseLong(matcher.group(1))))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty(); // over 2^63-1
        }
    }
}
