package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.Name;
import dev.forebay.understore.UnderStatus;

import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;

/** What Hadoop says of a file, in our words. */
final class HadoopStatuses {
    private static final int MODE_MASK = 07777;

    private HadoopStatuses() {}

    static UnderStatus of(Name name, FileStatus status) {
        return new UnderStatus(
                name,
                status.isDirectory(),
                status.isDirectory() ? 0 : status.getLen(),
                status.getModificationTime(),
                status.getOwner(),
                status.getGroup(),
                status.getPermission().toShort() & MODE_MASK,
                status.isDirectory() ? "" : fingerprint(status));
    }

    /**
     * The tag of stores that have one; else length, time of last change, and in HDFS the number of
     * the file, which tells two of the same length in the same millisecond.
     */
    private static String fingerprint(FileStatus status) {
        String text = status.getLen() + "-" + status.getModificationTime();
        return switch (status) {
            case EtagSource tagged when tagged.getEtag() != null && !tagged.getEtag().isEmpty() ->
                    tagged.getEtag();
            case HdfsFileStatus numbered -> text + "-" + numbered.getFileId();
            default -> text;
        };
    }
}
