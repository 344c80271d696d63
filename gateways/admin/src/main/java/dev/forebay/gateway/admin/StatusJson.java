package dev.forebay.gateway.admin;

import dev.forebay.files.FileEngine;
import dev.forebay.files.MountStatus;
import dev.forebay.objects.LentFile;
import dev.forebay.objects.ObjectStatistics;
import dev.forebay.objects.SessionStatus;

import tools.jackson.core.JsonGenerator;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The JSON documents of this gateway. */
final class StatusJson {
    private StatusJson() {}

    static void node(JsonGenerator json, NodeStatus node, boolean local) {
        json.writeStringProperty("version", node.version())
                .writeNumberProperty("pid", node.pid())
                .writeNumberProperty("startTimeMillis", node.startedMillis())
                .writeNumberProperty("uptimeMillis", node.uptimeMillis());
        if (local) {
            json.writeStringProperty("dataDirectory", node.dataDirectory());
        }
        json.writeArrayPropertyStart("gateways");
        for (NodeStatus.Listening gateway : node.gateways()) {
            json.writeStartObject()
                    .writeStringProperty("name", gateway.name())
                    .writeStringProperty("protocol", gateway.protocol())
                    .writeStringProperty("host", gateway.host())
                    .writeNumberProperty("port", gateway.port())
                    .writeEndObject();
        }
        json.writeEndArray().writeObjectPropertyStart("configuration");
        new TreeMap<>(node.configuration())
                .forEach((key, value) -> json.writeStringProperty(key, Secrets.shown(key, value)));
        json.writeEndObject();
    }

    static void usage(JsonGenerator json, FileEngine.Usage usage) {
        json.writeStartObject()
                .writeNumberProperty("memoryCapacity", usage.memoryCapacity())
                .writeNumberProperty("memoryUsed", usage.memoryUsed())
                .writeNumberProperty("diskFree", usage.diskFree())
                .writeNumberProperty("diskUsed", usage.diskUsed())
                .writeEndObject();
    }

    static void arena(JsonGenerator json, NodeStatus.Arena arena, boolean local) {
        json.writeStartObject()
                .writeNumberProperty("capacityBytes", arena.capacity())
                .writeNumberProperty("usedBytes", arena.used())
                .writeNumberProperty("freeRanges", arena.freeRanges())
                .writeArrayPropertyStart("map");
        arena.map().forEach(json::writeNumber);
        json.writeEndArray();
        if (local) {
            json.writeStringProperty("file", arena.file());
        }
        json.writeEndObject();
    }

    static void objects(
            JsonGenerator json, ObjectStatistics figures, List<SessionStatus> sessions) {
        json.writeStartObject()
                .writeNumberProperty("objects", figures.objects())
                .writeNumberProperty("bytes", figures.bytes())
                .writeNumberProperty("referenced", figures.referenced())
                .writeNumberProperty("evictions", figures.evictions())
                .writeNumberProperty("evictedBytes", figures.evictedBytes())
                .writeNumberProperty("spilled", figures.spilled())
                .writeNumberProperty("spills", figures.spills())
                .writeArrayPropertyStart("sessions");
        for (SessionStatus session : sessions) {
            json.writeStartObject()
                    .writeStringProperty("user", session.user())
                    .writeStringProperty("origin", session.origin())
                    .writeNumberProperty("references", session.references())
                    .writeNumberProperty("bytes", session.bytes())
                    .writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    static void lent(JsonGenerator json, LentFile file) {
        json.writeStartObject()
                .writeStringProperty("path", file.path().toString())
                .writeStringProperty("generation", file.generation())
                .writeNumberProperty("length", file.length())
                .writeNumberProperty("blockSize", file.blockSize())
                .writeArrayPropertyStart("blocks");
        file.blocks().forEach(block -> json.writeString(block.toString()));
        json.writeEndArray().writeArrayPropertyStart("numbers");
        file.numbers().forEach(number -> json.writeNumber(number.value()));
        json.writeEndArray().writeEndObject();
    }

    static void mounts(JsonGenerator json, List<MountStatus> mounts) {
        json.writeStartArray();
        for (MountStatus mount : mounts) {
            json.writeStartObject()
                    .writeNumberProperty("id", mount.id())
                    .writeStringProperty("path", mount.path().toString())
                    .writeStringProperty("uri", Secrets.withoutUser(mount.uri()))
                    .writeBooleanProperty("readOnly", mount.readOnly())
                    .writeBooleanProperty("shared", mount.shared())
                    .writeArrayPropertyStart("propertyNames");
            for (String name : new TreeSet<>(mount.propertyNames())) {
                json.writeString(name);
            }
            json.writeEndArray().writeEndObject();
        }
        json.writeEndArray();
    }

    static void state(JsonGenerator json, String state, List<String> reasons) {
        json.writeStartObject().writeStringProperty("status", state);
        if (!reasons.isEmpty()) {
            json.writeArrayPropertyStart("reasons");
            reasons.forEach(json::writeString);
            json.writeEndArray();
        }
        json.writeEndObject();
    }
}
