package dev.forebay.gateway.admin;

import dev.forebay.files.FileEngine;
import dev.forebay.files.MountStatus;

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
                .writeEndObject();
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
