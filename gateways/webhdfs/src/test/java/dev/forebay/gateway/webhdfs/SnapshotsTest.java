package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;
import dev.forebay.wire.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documents of snapshots, as a real NameNode writes them. */
class SnapshotsTest {
    private static final Pattern LAST_INDEX = Pattern.compile("\"lastIndex\":(-?\\d+)");

    private final RunningGateway node =
            new RunningGateway(Clock.system(), Optional.empty(), Set.of());

    @AfterEach
    void stop() {
        node.close();
    }

    /** An answer without what differs from run to run. */
    private String call(String method, String target) {
        return node.call(method, target)
                .replaceAll("\"(accessTime|modificationTime|fileId|snapshotID)\":\\d+", "\"$1\":0");
    }

    /** As the node's own user. */
    private void allow(String path) {
        assertThat(node.call("PUT", path + "?op=ALLOWSNAPSHOT")).isEqualTo("200 ");
    }

    @Test
    void documents() {
        node.write("/d/f", "abc");
        allow("/d");
        assertThat(call("PUT", "/d?op=CREATESNAPSHOT&snapshotname=s0"))
                .isEqualTo("200 {\"Path\":\"/d/.snapshot/s0\"}");
        assertThat(call("PUT", "/d?op=RENAMESNAPSHOT&oldsnapshotname=s0&snapshotname=s1"))
                .isEqualTo("200 ");
        String status =
                "\"dirStatus\":{\"accessTime\":0,\"blockSize\":0,\"childrenNum\":1,\"fileId\":0,"
                        + "\"group\":\"ann\",\"length\":0,\"modificationTime\":0,\"owner\":\"ann\","
                        + "\"pathSuffix\":\"%s\",\"permission\":\"755\",\"replication\":0,"
                        + "\"storagePolicy\":0,\"type\":\"DIRECTORY\"}";
        assertThat(call("GET", "/?op=GETSNAPSHOTTABLEDIRECTORYLIST"))
                .isEqualTo(
                        "200 {\"SnapshottableDirectoryList\":[{"
                                + status.formatted("d")
                                + ",\"parentFullPath\":\"/\",\"snapshotNumber\":1,"
                                + "\"snapshotQuota\":65536}]}");
        assertThat(call("GET", "/d?op=GETSNAPSHOTLIST"))
                .isEqualTo(
                        "200 {\"SnapshotList\":[{\"deletionStatus\":\"ACTIVE\","
                                + status.formatted("s1")
                                + ",\"fullPath\":\"/d/.snapshot/s1\",\"snapshotID\":0}]}");
        assertThat(call("GET", "/d/.snapshot/s1/f?op=OPEN")).isEqualTo("200 abc");
        assertThat(call("DELETE", "/d?op=DELETESNAPSHOT&snapshotname=s1")).isEqualTo("200 ");
        assertThat(call("PUT", "/d?op=DISALLOWSNAPSHOT")).isEqualTo("200 ");
        assertThat(call("GET", "/?op=GETSNAPSHOTTABLEDIRECTORYLIST"))
                .isEqualTo("200 {\"SnapshottableDirectoryList\":null}");
    }

    @Test
    void differences() {
        node.write("/d/f", "abc");
        allow("/d");
        call("PUT", "/d?op=CREATESNAPSHOT&snapshotname=s1");
        call("PUT", "/d/f?op=RENAME&destination=/d/g");
        call("PUT", "/d?op=CREATESNAPSHOT&snapshotname=s2");
        String between = "&oldsnapshotname=s1&snapshotname=s2";
        assertThat(call("GET", "/d?op=GETSNAPSHOTDIFF" + between))
                .isEqualTo(
                        "200 {\"SnapshotDiffReport\":{\"diffList\":["
                                + "{\"sourcePath\":\"\",\"type\":\"MODIFY\"},"
                                + "{\"sourcePath\":\"f\",\"targetPath\":\"g\",\"type\":\"RENAME\"}"
                                + "],\"fromSnapshot\":\"s1\",\"snapshotRoot\":\"/d\","
                                + "\"toSnapshot\":\"s2\"}}");
        assertThat(call("GET", "/d?op=GETSNAPSHOTDIFFLISTING" + between))
                .isEqualTo(
                        "200 {\"SnapshotDiffReportListing\":{\"createList\":[],\"deleteList\":["
                                + "{\"dirId\":0,\"fileId\":0,\"isReference\":true,"
                                + "\"sourcePath\":\"f\",\"targetPath\":\"g\"}],"
                                + "\"isFromEarlier\":true,\"lastIndex\":-1,\"lastPath\":\"\","
                                + "\"modifyList\":[{\"dirId\":0,\"fileId\":0,"
                                + "\"isReference\":true,\"sourcePath\":\"\"}]}}");
    }

    @Test
    void whatIsMissingIsSaid() {
        allow("/");
        assertThat(call("DELETE", "/?op=DELETESNAPSHOT")).contains("IllegalArgumentException");
        assertThat(call("PUT", "/?op=RENAMESNAPSHOT&snapshotname=x"))
                .contains("IllegalArgumentException")
                .contains("oldsnapshotname");
        assertThat(call("PUT", "/?op=CREATESNAPSHOT&snapshotname=a%2Fb"))
                .startsWith("400 ")
                .contains("InvalidPathException");
        assertThat(call("GET", "/?op=GETSNAPSHOTDIFF&oldsnapshotname=x"))
                .startsWith("403 ")
                .contains("Cannot find the snapshot of directory / with name x");
        assertThat(call("PUT", "/.snapshot/x?op=MKDIRS"))
                .startsWith("403 ")
                .contains("SnapshotAccessControlException");
    }

    @Test
    void everyDifferenceIsInOneAnswer() {
        var change =
                new SnapshotReport.Entry(
                        Snapshots.Kind.CREATED, FilePath.parse("/f"), Optional.empty(), 0);
        List<SnapshotReport.Entry> changes =
                Stream.generate(() -> change).limit(SnapshotJson.PAGE_LENGTH + 7L).toList();
        SnapshotReport report = new SnapshotReport(true, changes);

        String first = page(report, -1);
        assertThat(first.split("\"dirId\"", -1)).hasSize(SnapshotJson.PAGE_LENGTH + 1);
        String second = page(report, lastIndex(first));
        assertThat(second.split("\"dirId\"", -1)).hasSize(8);
        assertThat(lastIndex(second)).isEqualTo(-1);
        assertThat(page(report, Long.MAX_VALUE)).doesNotContain("dirId");
    }

    private static long lastIndex(String json) {
        Matcher found = LAST_INDEX.matcher(json);
        assertThat(found.find()).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static String page(SnapshotReport report, long after) {
        var target = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.writer(target)) {
            SnapshotJson.writePage(json, report, after);
        }
        return target.toString(StandardCharsets.UTF_8);
    }
}
