package dev.forebay.gateway.alluxio;

import dev.forebay.base.PersistenceState;
import dev.forebay.files.Acl;
import dev.forebay.files.FileStatus;

import tools.jackson.core.JsonGenerator;

/**
 * A file or directory as the protocol's FileInfo. The key {@code fileInfo}, by which a real proxy
 * sends everything once more, is left out.
 */
final class FileStatusJson {
    private final AlluxioConfig.Worker worker;

    FileStatusJson(AlluxioConfig.Worker worker) {
        this.worker = worker;
    }

    void write(JsonGenerator json, FileStatus status) {
        json.writeStartObject();
        names(json, status);
        sizes(json, status);
        times(json, status);
        state(json, status);
        access(json, status.access());
        blocks(json, status);
        json.writeEndObject();
    }

    /** Whole percents of the bytes in memory: empty files 100, directories 0. */
    static int percentInMemory(FileStatus status) {
        if (status.directory()) {
            return 0;
        }
        long length = status.length();
        long inMemory = status.lengthInMemory();
        if (length == 0 || inMemory >= length) {
            return 100;
        }
        long percent =
                inMemory > Long.MAX_VALUE / 100
                        ? inMemory / (length / 100)
                        : inMemory * 100 / length;
        return (int) Math.min(percent, 99);
    }

    private static void names(JsonGenerator json, FileStatus status) {
        boolean root = status.path().isRoot();
        json.writeNumberProperty("fileId", status.id().value())
                .writeStringProperty("name", root ? "" : status.path().name().toString())
                .writeStringProperty("path", status.path().toString())
                .writeStringProperty("ufsPath", status.location())
                .writeNumberProperty("mountId", status.mountId())
                .writeBooleanProperty("mountPoint", status.mountPoint())
                .writeBooleanProperty("folder", status.directory());
    }

    private static void sizes(JsonGenerator json, FileStatus status) {
        int percent = percentInMemory(status);
        json.writeNumberProperty("length", status.length())
                .writeNumberProperty("blockSizeBytes", status.layout().blockSize())
                .writeNumberProperty("inMemoryPercentage", percent)
                .writeNumberProperty("inAlluxioPercentage", percent)
                .writeNumberProperty("replicationMin", status.layout().replicationMin())
                .writeNumberProperty("replicationMax", status.layout().replicationMax());
    }

    private static void times(JsonGenerator json, FileStatus status) {
        json.writeNumberProperty("creationTimeMs", status.times().created())
                .writeNumberProperty("lastModificationTimeMs", status.times().modified())
                .writeNumberProperty("lastAccessTimeMs", status.times().accessed())
                .writeNumberProperty("ttl", status.ttl().millis())
                .writeStringProperty("ttlAction", status.ttl().action().name());
    }

    private static void state(JsonGenerator json, FileStatus status) {
        PersistenceState state = status.persistence();
        json.writeBooleanProperty("cacheable", !status.directory())
                .writeBooleanProperty("completed", status.completed())
                .writeBooleanProperty("pinned", status.pinned())
                .writeArrayPropertyStart("pinnedMediumTypes")
                .writeEndArray()
                .writeBooleanProperty("persisted", state == PersistenceState.PERSISTED)
                .writeStringProperty("persistenceState", state.name())
                .writeStringProperty("ufsFingerprint", status.fingerprint())
                .writeNullProperty("cacheContext")
                .writeObjectPropertyStart("xattr")
                .writeEndObject();
    }

    private static void access(JsonGenerator json, FileStatus.Access access) {
        boolean defaults = access.acl().hasDefaults();
        json.writeStringProperty("owner", access.owner())
                .writeStringProperty("group", access.group())
                .writeNumberProperty("mode", access.mode())
                .writeObjectPropertyStart("acl")
                .writeStringProperty("owner", access.owner())
                .writeStringProperty("owningGroup", access.group());
        entries(json, access, Acl.Scope.ACCESS);
        json.writeEndObject()
                .writeObjectPropertyStart("defaultAcl")
                .writeStringProperty("owner", defaults ? access.owner() : "")
                .writeStringProperty("owningGroup", defaults ? access.group() : "");
        entries(json, access, Acl.Scope.DEFAULT);
        json.writeEndObject();
    }

    private static void entries(JsonGenerator json, FileStatus.Access access, Acl.Scope scope) {
        json.writeArrayPropertyStart("stringEntries");
        for (Acl.Entry entry : Acl.full(access)) {
            if (entry.scope() == scope) {
                json.writeString(entry.text());
            }
        }
        json.writeEndArray();
    }

    private void blocks(JsonGenerator json, FileStatus status) {
        json.writeArrayPropertyStart("blockIds");
        for (FileStatus.Block block : status.blocks()) {
            json.writeNumber(block.id().value());
        }
        json.writeEndArray().writeArrayPropertyStart("fileBlockInfos");
        for (FileStatus.Block block : status.blocks()) {
            block(json, block);
        }
        json.writeEndArray();
    }

    private void block(JsonGenerator json, FileStatus.Block block) {
        json.writeStartObject()
                .writeNumberProperty("offset", block.offset())
                .writeArrayPropertyStart("ufsLocations")
                .writeEndArray()
                .writeObjectPropertyStart("blockInfo")
                .writeNumberProperty("blockId", block.id().value())
                .writeNumberProperty("length", block.length())
                .writeArrayPropertyStart("locations");
        if (block.inMemory()) {
            location(json);
        }
        json.writeEndArray().writeEndObject().writeEndObject();
    }

    private void location(JsonGenerator json) {
        json.writeStartObject()
                .writeNumberProperty("workerId", 1)
                .writeStringProperty("tierAlias", "MEM")
                .writeStringProperty("mediumType", "MEM")
                .writeObjectPropertyStart("workerAddress")
                .writeStringProperty("host", worker.host())
                .writeStringProperty("containerHost", "")
                .writeNumberProperty("rpcPort", worker.rpcPort())
                .writeNumberProperty("dataPort", worker.dataPort())
                .writeNumberProperty("webPort", worker.webPort())
                .writeStringProperty("domainSocketPath", "")
                .writeObjectPropertyStart("tieredIdentity")
                .writeArrayPropertyStart("tiers");
        tier(json, "node").writeString(worker.host()).writeEndObject();
        tier(json, "rack").writeNull().writeEndObject();
        json.writeEndArray().writeEndObject().writeEndObject().writeEndObject();
    }

    private static JsonGenerator tier(JsonGenerator json, String name) {
        return json.writeStartObject().writeStringProperty("tierName", name).writeName("value");
    }
}
