package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;

import java.io.IOException;

/** Never renames over a file, as most object stores do not. */
public final class StubbornFileSystem extends PrivateFileSystem {
    /** Hadoop makes it by its name. */
    public StubbornFileSystem() {}

    @Override
    public boolean rename(Path source, Path target) throws IOException {
        if (exists(target)) {
            if (target.getName().contains("quiet")) {
                return false;
            }
            throw new FileAlreadyExistsException(target.toString());
        }
        return super.rename(source, target);
    }
}
