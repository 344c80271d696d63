package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

import java.io.IOException;

/** HDFS: one step on the name node, which says whether a target may be replaced. */
record AtomicRenames(Rename call) implements Renames {
    /** The rename with options, which {@code FileSystem} itself does not offer to callers. */
    interface Rename {
        void rename(Path source, Path target, Options.Rename... options) throws IOException;
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        call.rename(source, target, Options.Rename.NONE);
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        call.rename(source, target, Options.Rename.OVERWRITE);
    }

    @Override
    public boolean keepsIdentity() {
        return true;
    }
}
