package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.PersistenceState;
import dev.forebay.meta.Reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts together what people see of an inode. */
final class StatusBuilder {
    private static final Pattern FINAL_SLASHES = Pattern.compile("/+$");

    private final Parts parts;

    StatusBuilder(Parts parts) {
        this.parts = parts;
    }

    FileStatus build(Reader live, Chain chain) {
        Inode inode = chain.target();
        List<Extent> extents = extents(chain.view().over(live), inode);
        return build(live, Found.at(chain, extents));
    }

    /**
     * An inode with its path, its extents, what it was found in, and the storage policy in force.
     */
    record Found(
            Inode inode,
            FilePath path,
            List<Extent> extents,
            View view,
            Optional<StoragePolicy> policy) {
        /** Where nobody asks for the storage policy. */
        Found(Inode inode, FilePath path, List<Extent> extents, View view) {
            this(inode, path, extents, view, inode.layout().policy());
        }

        Found(Inode inode, FilePath path, List<Extent> extents) {
            this(inode, path, extents, View.LIVE);
        }

        /**
         * The inode as people see it: of what a snapshot shows, and of the folder that lists them,
         * no snapshots are made.
         */
        private Inode shown() {
            Inode placed = inode.withLayout(inode.layout().withPolicy(policy));
            return view.equals(View.LIVE) ? placed : placed.withPast(Inode.Past.NONE);
        }

        static Found at(Chain chain, List<Extent> extents) {
            return new Found(chain.target(), chain.path(), extents, chain.view(), chain.policy());
        }
    }

    FileStatus build(Reader live, Found found) {
        Reader reader = found.view().over(live);
        Inode inode = found.shown();
        if (!inode.state().completed()) {
            Optional<Leases.Visible> visible = parts.leases().visible(inode.id());
            if (visible.isPresent()) {
                return exact(
                        reader,
                        inode.withLength(visible.get().length()),
                        found.path(),
                        visible.get().extents());
            }
        }
        return exact(reader, inode, found.path(), found.extents());
    }

    /** The status of a file with just these extents, whatever was flushed meanwhile. */
    FileStatus exact(Reader reader, Inode inode, FilePath path, List<Extent> extents) {
        List<FileStatus.Block> blocks = blocks(extents);
        boolean past = reader instanceof PastReader;
        return new FileStatus(
                path,
                inode.id(),
                inode.directory(),
                inode.directory() ? children(reader, inode.id()) : inode.length(),
                inode.access(),
                past ? inode.times() : parts.times().overlay(inode),
                inode.ttl(),
                inode.layout(),
                inode.state().completed(),
                inode.state().pinned(),
                persistence(inode, extents, blocks),
                inode.link().mountPoint(),
                inode.link().mountId(),
                location(inode, path),
                inode.state().fingerprint(),
                inode.past().snapshots(),
                blocks);
    }

    private long children(Reader reader, InodeId directory) {
        return reader instanceof PastReader
                ? ChildCounts.counted(reader, directory)
                : parts.children().count(reader, directory);
    }

    /** The extents of a file, stored or, where its bytes lie in a mounted store, computed. */
    static List<Extent> extents(Reader reader, Inode inode) {
        if (inode.directory() || inode.length() == 0) {
            return List.of();
        }
        boolean under =
                inode.mounted() && inode.state().persistence() == PersistenceState.PERSISTED;
        return under ? underExtents(inode) : Tree.extents(reader, inode.id());
    }

    static List<Extent> underExtents(Inode inode) {
        List<Extent> extents = new ArrayList<>();
        long blockSize = inode.layout().blockSize();
        for (long offset = 0; offset < inode.length(); offset += blockSize) {
            extents.add(
                    new Extent(
                            FileSpaces.blockId(inode.id(), extents.size()),
                            Math.min(blockSize, inode.length() - offset),
                            inode.state().generation(),
                            Extent.Place.UNDER));
        }
        return extents;
    }

    private List<FileStatus.Block> blocks(List<Extent> extents) {
        List<FileStatus.Block> blocks = new ArrayList<>(extents.size());
        long offset = 0;
        for (Extent extent : extents) {
            boolean inMemory = parts.cache().complete(BlockCache.Key.of(extent));
            blocks.add(new FileStatus.Block(extent.block(), offset, extent.length(), inMemory));
            offset += extent.length();
        }
        return blocks;
    }

    private static PersistenceState persistence(
            Inode inode, List<Extent> extents, List<FileStatus.Block> blocks) {
        for (int i = 0; i < extents.size(); i++) {
            if (extents.get(i).place() == Extent.Place.MEMORY && !blocks.get(i).inMemory()) {
                return PersistenceState.LOST;
            }
        }
        return inode.state().persistence();
    }

    /** Where the bytes lie, told without the mounted store, which may be away. */
    private String location(Inode inode, FilePath path) {
        if (!inode.mounted()) {
            return "forebay://" + path;
        }
        return parts.mounts().statusOf(path).map(mount -> location(mount, path)).orElse("");
    }

    private static String location(MountStatus mount, FilePath path) {
        FilePath inside = mount.path().relativize(path);
        return inside.isRoot()
                ? mount.uri()
                : FINAL_SLASHES.matcher(mount.uri()).replaceFirst("") + inside;
    }
}
