package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.RawLocalFileSystem;

/** Files of this machine that a mount reaches by a scheme of its own. */
public class PrivateFileSystem extends RawLocalFileSystem {
    /** Hadoop makes it by its name. */
    public PrivateFileSystem() {}
}
