package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.WriteType;

import java.util.List;
import java.util.Optional;

/**
 * A file that is being written.
 *
 * @param inode as created
 * @param path as created
 * @param mount that it belongs to, or empty
 * @param beginning what there is already
 */
record WriteTarget(Inode inode, FilePath path, Optional<Mount> mount, Beginning beginning) {
    boolean writesUnder() {
        return mount.isPresent()
                && !beginning.leased()
                && Creation.writesThrough(inode.state().writeType());
    }

    boolean inMemoryOnly() {
        return inode.state().writeType() == WriteType.MUST_CACHE;
    }

    WrittenBlocks.Shape shape() {
        return new WrittenBlocks.Shape(
                inode.id(),
                path,
                inode.layout().blockSize(),
                inode.state().generation(),
                beginning.firstIndex());
    }

    /**
     * How writing begins.
     *
     * @param holder of the lease; empty for none
     * @param continued whether the file was complete before
     * @param kept blocks that stay
     * @param firstIndex number of the first block made
     */
    record Beginning(String holder, boolean continued, List<Extent> kept, int firstIndex) {
        /** Of a new file without a lease. */
        static final Beginning NEW = new Beginning("", false, List.of(), 0);

        static Beginning of(String holder) {
            return new Beginning(holder, false, List.of(), 0);
        }

        /** Whether readers may see the file before it is complete. */
        boolean leased() {
            return continued || !holder.isEmpty();
        }
    }
}
