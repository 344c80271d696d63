package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.QuotaUsage;
import org.apache.hadoop.fs.XAttrSetFlag;
import org.apache.hadoop.fs.permission.AclEntry;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.protocol.AclException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.hadoop.hdfs.protocol.NSQuotaExceededException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumSet;
import java.util.List;

/**
 * Every call of Hadoop's FileSystem about access control lists, extended attributes and quotas,
 * success and error; the same over each of its schemes.
 */
final class HadoopAttributes {
    private HadoopAttributes() {}

    static void exercise(FileSystem files, Path home) throws IOException {
        lists(files, new Path(home, "lists"));
        attributes(files, new Path(home, "attributes"));
        quotas(files, new Path(home, "quotas"));
    }

    private static List<AclEntry> entries(String specification, boolean rights) {
        return AclEntry.parseAclSpec(specification, rights);
    }

    private static void lists(FileSystem files, Path path) throws IOException {
        files.mkdirs(path, new FsPermission((short) 0750));
        files.modifyAclEntries(path, entries("user:bob:rwx,default:user:ann:r-x", true));
        assertThat(told(files, path))
                .containsExactly(
                        "user:bob:rwx",
                        "group::r-x",
                        "default:user::rwx",
                        "default:user:ann:r-x",
                        "default:group::r-x",
                        "default:mask::r-x",
                        "default:other::---");
        assertThat(files.getFileStatus(path).hasAcl()).isTrue();
        Path child = new Path(path, "child");
        files.create(child).close();
        assertThat(told(files, child)).containsExactly("user:ann:r-x", "group::r-x");
        files.removeAclEntries(path, entries("default:user:ann", false));
        files.removeDefaultAcl(path);
        assertThat(told(files, path)).containsExactly("user:bob:rwx", "group::r-x");
        files.setAcl(path, entries("user::rwx,group::r--,other::--x,group:crew:rw-", true));
        assertThat(told(files, path)).containsExactly("group::r--", "group:crew:rw-");
        assertThat(files.getAclStatus(path).getPermission())
                .isEqualTo(new FsPermission((short) 0761));
        files.removeAcl(path);
        assertThat(told(files, path)).isEmpty();
        assertThat(files.getFileStatus(path).hasAcl()).isFalse();
        assertThatThrownBy(() -> files.modifyAclEntries(child, entries("default:user:x:r--", true)))
                .isInstanceOf(AclException.class);
        assertThatThrownBy(() -> files.removeAcl(new Path(path, "none")))
                .isInstanceOf(FileNotFoundException.class);
    }

    private static void quotas(FileSystem files, Path path) throws IOException {
        files.mkdirs(path);
        files.setQuota(path, 3, 2 << 20);
        Path file = new Path(path, "f");
        try (var out = files.create(file, true, 4096, (short) 2, 1 << 20)) {
            out.write(new byte[1000]);
        }
        QuotaUsage usage = files.getQuotaUsage(path);
        assertThat(usage.getQuota()).isEqualTo(3);
        assertThat(usage.getSpaceQuota()).isEqualTo(2 << 20);
        assertThat(usage.getFileAndDirectoryCount()).isEqualTo(2);
        assertThat(usage.getSpaceConsumed()).isEqualTo(2000);
        assertThat(files.getContentSummary(path).getQuota()).isEqualTo(3);
        files.mkdirs(new Path(path, "d"));
        assertThatThrownBy(() -> files.mkdirs(new Path(path, "e")))
                .isInstanceOf(NSQuotaExceededException.class);
        files.setQuota(path, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_DONT_SET);
        files.mkdirs(new Path(path, "e"));
        assertThatThrownBy(() -> fill(files, new Path(path, "g")))
                .isInstanceOf(DSQuotaExceededException.class);
        files.setQuota(path, HdfsConstants.QUOTA_RESET, HdfsConstants.QUOTA_RESET);
        assertThat(files.getQuotaUsage(path).getSpaceQuota()).isEqualTo(-1);
        fill(files, new Path(path, "h"));
        assertThatThrownBy(() -> files.setQuota(new Path(path, "none"), 1, 1))
                .isInstanceOf(IOException.class);
    }

    private static void fill(FileSystem files, Path path) throws IOException {
        // not in a try statement: the stream throws the same error again when it is closed
        OutputStream out = files.create(path, true, 4096, (short) 1, 1 << 20);
        out.write(new byte[2 << 20]);
        out.close();
    }

    private static List<String> told(FileSystem files, Path path) throws IOException {
        return files.getAclStatus(path).getEntries().stream()
                .map(AclEntry::toStringStable)
                .toList();
    }

    private static void attributes(FileSystem files, Path path) throws IOException {
        files.create(path).close();
        files.setXAttr(path, "user.a", new byte[] {1, 0, 2});
        files.setXAttr(path, "trusted.b", new byte[] {3});
        files.setXAttr(path, "user.a", new byte[] {4}, EnumSet.of(XAttrSetFlag.REPLACE));
        assertThat(files.getXAttr(path, "user.a")).containsExactly(4);
        assertThat(files.listXAttrs(path)).containsExactlyInAnyOrder("user.a", "trusted.b");
        assertThat(files.getXAttrs(path)).containsOnlyKeys("user.a", "trusted.b");
        assertThat(files.getXAttrs(path, List.of("trusted.b")).get("trusted.b")).containsExactly(3);
        assertThatThrownBy(
                        () ->
                                files.setXAttr(
                                        path,
                                        "user.a",
                                        new byte[] {5},
                                        EnumSet.of(XAttrSetFlag.CREATE)))
                .isInstanceOf(IOException.class);
        files.removeXAttr(path, "user.a");
        assertThat(files.listXAttrs(path)).containsExactly("trusted.b");
        assertThatThrownBy(() -> files.getXAttr(path, "user.a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.removeXAttr(path, "user.a")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.setXAttr(new Path(path, "none"), "user.a", new byte[1]))
                .isInstanceOf(IOException.class);
    }
}
