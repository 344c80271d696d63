package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;

import java.util.List;
import java.util.Optional;

/**
 * The inodes along a path, from the root to the deepest that exists.
 *
 * @param path what was looked up
 * @param inodes at least the root, at most one more than the path has names
 * @param view what the deepest of them is seen in
 */
record Chain(FilePath path, List<Inode> inodes, View view) {
    /** Whether the whole path exists. */
    boolean complete() {
        return inodes.size() == path.depth() + 1;
    }

    /** Whether all but the last component exists. */
    boolean parentComplete() {
        return inodes.size() >= path.depth();
    }

    /** The deepest inode that exists. */
    Inode deepest() {
        return inodes.getLast();
    }

    /** The path of {@link #deepest}. */
    FilePath deepestPath() {
        return path.prefix(inodes.size() - 1);
    }

    /** The first name that does not exist; only where the chain is not complete. */
    Name missing() {
        return path.names().get(inodes.size() - 1);
    }

    /** The inode of the whole path. */
    Inode target() {
        if (!complete()) {
            throw absent();
        }
        return inodes.getLast();
    }

    /** The directory that holds, or would hold, the last component. */
    Inode parent() {
        if (!parentComplete()) {
            throw absent();
        }
        Inode parent = inodes.get(path.depth() - 1);
        if (!parent.directory()) {
            throw absent();
        }
        return parent;
    }

    /** The storage policy in force at the deepest that exists: its own, or of the nearest above. */
    Optional<StoragePolicy> policy() {
        return policyOf(deepest());
    }

    /**
     * The storage policy in force at an inode below the deepest, or at the deepest as a snapshot
     * shows it.
     */
    Optional<StoragePolicy> policyOf(Inode inode) {
        Optional<StoragePolicy> policy = inode.layout().policy();
        Inode below = inode;
        for (Inode above : inodes.reversed()) {
            if (policy.isEmpty() && !above.id().equals(below.id())) {
                policy = above.layout().policy();
            }
            below = above;
        }
        return policy;
    }

    /** Why the path cannot be reached. */
    RuntimeException absent() {
        return deepest().directory()
                ? new NotFound("path does not exist", path)
                : new NotADirectory("a component of the path is a file", path);
    }
}
