package dev.forebay.gateway.webhdfs;

import dev.forebay.files.FileStatus;
import dev.forebay.files.StoragePolicy;

import tools.jackson.core.JsonGenerator;

/** A file or directory as the protocol's FileStatus, its fields in the order of a real NameNode. */
final class FileStatusJson {
    /** Where nothing says where blocks should lie (HdfsConstants.java). */
    private static final int NO_POLICY = 0;

    private FileStatusJson() {}

    /** What was asked for by its own path, so that it has no name within the answer. */
    static void write(JsonGenerator json, FileStatus status) {
        write(json, status, "", status.snapshots());
    }

    /** A child of the directory that was asked for. */
    static void writeChild(JsonGenerator json, FileStatus status) {
        write(json, status, status.path().name().toString(), status.snapshots());
    }

    /** Copies that the owner wishes for; 0 for a directory. */
    static int replication(FileStatus status) {
        return status.directory() ? 0 : Math.max(status.layout().replicationDurable(), 1);
    }

    /** With a name of its own within an answer about snapshots. */
    static void writeNamed(JsonGenerator json, FileStatus status, String pathSuffix) {
        write(json, status, pathSuffix, false);
    }

    private static void write(
            JsonGenerator json, FileStatus status, String pathSuffix, boolean snapshots) {
        boolean directory = status.directory();
        json.writeStartObject()
                .writeNumberProperty("accessTime", directory ? 0 : status.times().accessed());
        if (!status.access().acl().isEmpty()) {
            json.writeBooleanProperty("aclBit", true);
        }
        json.writeNumberProperty("blockSize", directory ? 0 : status.layout().blockSize())
                .writeNumberProperty("childrenNum", directory ? status.length() : 0)
                .writeNumberProperty("fileId", status.id().value())
                .writeStringProperty("group", status.access().group())
                .writeNumberProperty("length", directory ? 0 : status.length())
                .writeNumberProperty("modificationTime", status.times().modified())
                .writeStringProperty("owner", status.access().owner())
                .writeStringProperty("pathSuffix", pathSuffix)
                .writeStringProperty("permission", Integer.toOctalString(status.access().mode()))
                .writeNumberProperty("replication", replication(status));
        if (snapshots) {
            json.writeBooleanProperty("snapshotEnabled", true);
        }
        json.writeNumberProperty(
                        "storagePolicy",
                        status.layout().policy().map(StoragePolicy::id).orElse(NO_POLICY))
                .writeStringProperty("type", directory ? "DIRECTORY" : "FILE")
                .writeEndObject();
    }
}
