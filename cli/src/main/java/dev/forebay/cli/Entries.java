package dev.forebay.cli;

import dev.forebay.client.BlockLocation;
import dev.forebay.client.FileBlock;
import dev.forebay.client.FileStatus;
import dev.forebay.client.rest.JsonOutput;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** File statuses as text and JSON. */
final class Entries {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Entries() {}

    /** The fields of a listing. */
    static JsonOutput json(FileStatus status) {
        return new JsonOutput()
                .text("path", status.path())
                .text("type", status.directory() ? "directory" : "file")
                .number("length", status.length())
                .text("owner", status.access().owner())
                .text("group", status.access().group())
                .text("mode", octal(status))
                .number("createdMillis", status.times().created())
                .number("modifiedMillis", status.times().modified())
                .flag("completed", status.completed())
                .flag("pinned", status.residence().pinned())
                .number("inMemoryPercentage", status.residence().inMemoryPercentage())
                .text("persistence", status.storage().state().name())
                .flag("mountPoint", status.storage().mountPoint())
                .number("ttlMillis", status.ttl().millis())
                .text("ttlAction", status.ttl().action().name());
    }

    /** All fields. */
    static JsonOutput fullJson(FileStatus status) {
        return json(status)
                .number("fileId", status.fileId())
                .number("accessedMillis", status.times().accessed())
                .flag("persisted", status.storage().persisted())
                .text("location", status.storage().location())
                .number("mountId", status.storage().mountId())
                .flag("cacheable", status.residence().cacheable())
                .number("inCachePercentage", status.residence().inCachePercentage())
                .number("blockSize", status.layout().blockSize())
                .number("replicationMin", status.layout().replicationMin())
                .number("replicationMax", status.layout().replicationMax())
                .numbers("blockIds", status.layout().blockIds())
                .objects("blocks", status.layout().blocks().stream().map(Entries::json).toList());
    }

    private static JsonOutput json(FileBlock block) {
        return new JsonOutput()
                .number("blockId", block.blockId())
                .number("offset", block.offset())
                .number("length", block.length())
                .objects("locations", block.locations().stream().map(Entries::json).toList())
                .texts("underStoreLocations", block.underStoreLocations());
    }

    private static JsonOutput json(BlockLocation location) {
        return new JsonOutput()
                .number("workerId", location.workerId())
                .text("host", location.workerAddress().host())
                .number("rpcPort", location.workerAddress().rpcPort())
                .number("dataPort", location.workerAddress().dataPort())
                .number("webPort", location.workerAddress().webPort())
                .text("tier", location.tierAlias());
    }

    /** One line of {@code ls -l}. */
    static String line(FileStatus status, String size) {
        return String.format(
                Locale.ROOT,
                "%s%s %-8s %-8s %10s %4s %s %s",
                status.directory() ? "d" : "-",
                status.access().mode(),
                status.access().owner(),
                status.access().group(),
                size,
                status.directory() ? "-" : status.residence().inMemoryPercentage() + "%",
                time(status.times().modified()),
                status.path());
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(ZoneId.systemDefault()));
    }

    private static String octal(FileStatus status) {
        return String.format(Locale.ROOT, "%04o", status.access().mode().octal());
    }
}
