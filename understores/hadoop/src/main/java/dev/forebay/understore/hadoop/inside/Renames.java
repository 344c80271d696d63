package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

import java.io.IOException;

/** How a file system gives things other names. The parents of targets exist. */
interface Renames {
    /** Renames a file or directory to a name that nothing has, or fails. */
    void move(Path source, Path target) throws IOException;

    /** Renames a file, in place of any that has the name. */
    void replace(Path source, Path target) throws IOException;

    /** Whether a file keeps its times and its number under its other name. */
    boolean keepsIdentity();

    /** The best that a file system offers. */
    static Renames of(HadoopDrafts drafts) {
        FileSystem place = drafts.place();
        return switch (place) {
            case DistributedFileSystem hdfs -> new AtomicRenames(hdfs::rename);
            case WebHdfsFileSystem web -> new AtomicRenames(web::rename);
            default -> new CheckedRenames(drafts);
        };
    }
}
