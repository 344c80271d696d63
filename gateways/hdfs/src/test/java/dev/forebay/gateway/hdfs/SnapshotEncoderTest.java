package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;

import org.apache.hadoop.hdfs.protocol.proto.HdfsProtos.SnapshotDiffReportListingProto;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Comparisons that come in several answers. */
class SnapshotEncoderTest {
    private static SnapshotReport.Entry entry(Snapshots.Kind kind, String path) {
        return new SnapshotReport.Entry(kind, FilePath.parse(path), Optional.empty(), 0);
    }

    @Test
    void everyDifferenceIsInOneAnswer() {
        int made = 2 * SnapshotEncoder.PAGE_LENGTH;
        List<SnapshotReport.Entry> entries =
                Stream.concat(
                                Stream.of(entry(Snapshots.Kind.MODIFIED, "/")),
                                Stream.generate(() -> entry(Snapshots.Kind.CREATED, "/f"))
                                        .limit(made))
                        .toList();
        SnapshotReport report = new SnapshotReport(true, entries);

        int index = -1;
        int found = 0;
        int answers = 0;
        do {
            SnapshotDiffReportListingProto page = SnapshotEncoder.page(report, index);
            assertThat(page.getModifiedEntriesCount()).isEqualTo(answers == 0 ? 1 : 0);
            assertThat(page.getCursor().getStartPath().isEmpty()).isTrue();
            found += page.getModifiedEntriesCount() + page.getCreatedEntriesCount();
            index = page.getCursor().getIndex();
            answers++;
        } while (index != -1);
        assertThat(found).isEqualTo(entries.size());
        assertThat(answers).isEqualTo(3);
    }

    @Test
    void aCursorBehindTheEndFindsNothing() {
        SnapshotReport report = new SnapshotReport(false, List.of());
        SnapshotDiffReportListingProto page = SnapshotEncoder.page(report, 7);
        assertThat(page.getCursor().getIndex()).isEqualTo(-1);
        assertThat(page.getIsFromEarlier()).isFalse();
    }
}
