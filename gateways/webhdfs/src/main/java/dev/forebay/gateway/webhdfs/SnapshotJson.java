package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;

import tools.jackson.core.JsonGenerator;

import java.util.function.Predicate;

/**
 * Snapshots and what differs between them as the protocol's documents, as JsonUtil.java has them.
 */
final class SnapshotJson {
    /**
     * Differences in one answer of a comparison that comes in several. Each answer compares anew,
     * so they are large.
     */
    static final int PAGE_LENGTH = 100_000;

    private SnapshotJson() {}

    static void write(JsonGenerator json, Snapshots.Root root) {
        FilePath path = root.status().path();
        json.writeStartObject().writeName("dirStatus");
        FileStatusJson.writeNamed(json, root.status(), path.isRoot() ? "" : path.name().toString());
        json.writeStringProperty("parentFullPath", path.isRoot() ? "" : path.parent().toString())
                .writeNumberProperty("snapshotNumber", root.count())
                .writeNumberProperty("snapshotQuota", Snapshots.COUNT_MAX)
                .writeEndObject();
    }

    static void write(JsonGenerator json, Snapshots.Snapshot snapshot) {
        json.writeStartObject()
                .writeStringProperty("deletionStatus", "ACTIVE")
                .writeName("dirStatus");
        FileStatusJson.writeNamed(json, snapshot.root(), snapshot.name().toString());
        json.writeStringProperty("fullPath", snapshot.root().path().toString())
                .writeNumberProperty("snapshotID", Math.min(snapshot.number(), Integer.MAX_VALUE))
                .writeEndObject();
    }

    /** All differences, in the direction that was asked for. */
    static void writeDifferences(JsonGenerator json, SnapshotReport report) {
        json.writeArrayPropertyStart("diffList");
        for (SnapshotReport.Entry entry : report.asked()) {
            json.writeStartObject().writeStringProperty("sourcePath", relative(entry.path()));
            entry.target()
                    .ifPresent(target -> json.writeStringProperty("targetPath", relative(target)));
            json.writeStringProperty("type", type(entry.kind())).writeEndObject();
        }
        json.writeEndArray();
    }

    /** Without the first slash; nothing for the directory itself. */
    private static String relative(FilePath path) {
        return path.toString().substring(1);
    }

    // SnapshotDiffReport.java: DiffType
    private static String type(Snapshots.Kind kind) {
        return switch (kind) {
            case CREATED -> "CREATE";
            case MODIFIED -> "MODIFY";
            case DELETED -> "DELETE";
            case RENAMED -> "RENAME";
        };
    }

    /**
     * A part of the differences, from the earlier moment to the later; the client turns them round
     * when it asked for the other direction. What the protocol takes for numbers of inodes are
     * places in the list: clients only compare them.
     *
     * @param after where the part before ended, as it said; -1 for the first
     */
    static void writePage(JsonGenerator json, SnapshotReport report, long after) {
        int size = report.changes().size();
        Page page = new Page(report, Math.clamp(after, 0, size));
        json.writeStartObject();
        page.write(json, "createList", kind -> kind == Snapshots.Kind.CREATED);
        page.write(
                json,
                "deleteList",
                kind -> kind == Snapshots.Kind.DELETED || kind == Snapshots.Kind.RENAMED);
        json.writeBooleanProperty("isFromEarlier", report.fromEarlier())
                .writeNumberProperty("lastIndex", page.end() == size ? -1 : page.end())
                .writeStringProperty("lastPath", "");
        page.write(json, "modifyList", kind -> kind == Snapshots.Kind.MODIFIED);
        json.writeEndObject();
    }

    private record Page(SnapshotReport report, int start) {
        int end() {
            return Math.min(report.changes().size(), start + PAGE_LENGTH);
        }

        void write(JsonGenerator json, String name, Predicate<Snapshots.Kind> wanted) {
            json.writeArrayPropertyStart(name);
            for (int i = start; i < end(); i++) {
                SnapshotReport.Entry entry = report.changes().get(i);
                if (wanted.test(entry.kind())) {
                    write(json, entry, i);
                }
            }
            json.writeEndArray();
        }

        private static void write(JsonGenerator json, SnapshotReport.Entry entry, int place) {
            // what is in a file that differs is nothing
            boolean leads =
                    entry.kind() == Snapshots.Kind.MODIFIED
                            || entry.kind() == Snapshots.Kind.RENAMED;
            json.writeStartObject()
                    .writeNumberProperty("dirId", entry.directory())
                    .writeNumberProperty("fileId", place)
                    .writeBooleanProperty("isReference", leads)
                    .writeStringProperty("sourcePath", relative(entry.path()));
            entry.target()
                    .ifPresent(target -> json.writeStringProperty("targetPath", relative(target)));
            json.writeEndObject();
        }
    }
}
