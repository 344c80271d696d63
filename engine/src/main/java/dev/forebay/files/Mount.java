package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.understore.UnderStore;

/**
 * A mount in use.
 *
 * @param status what people may see of it
 * @param store the mounted place
 */
record Mount(MountStatus status, UnderStore store) {
    /** The mount id of native paths. */
    static final long NATIVE = 1;

    /** The path of a namespace path within the mounted place. */
    FilePath inside(FilePath path) {
        return status.path().relativize(path);
    }
}
