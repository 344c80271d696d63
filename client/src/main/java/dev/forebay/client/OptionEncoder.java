package dev.forebay.client;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.TtlAction;
import dev.forebay.client.rest.JsonOutput;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Options in the JSON of the Alluxio REST. Field names: option.py of alluxio 0.1.4, and the
 * PathOptions messages of Alluxio 2.9.6 where those differ (2.x knows a time to live only inside
 * {@code commonOptions}, which a Forebay node reads as well).
 */
final class OptionEncoder {
    private OptionEncoder() {}

    static JsonOutput none() {
        return new JsonOutput();
    }

    static JsonOutput encode(CreateOptions options) {
        JsonOutput json = new JsonOutput();
        flag(json, "recursive", options.recursive());
        flag(json, "overwrite", options.overwrite());
        options.mode().ifPresent(mode -> json.object("mode", encode(mode)));
        json.text("writeType", options.writeType().map(Enum::name));
        options.blockSize().ifPresent(size -> json.number("blockSizeBytes", size));
        CreateOptions.Replication replication = options.replication();
        replication.durable().ifPresent(count -> json.number("replicationDurable", count));
        replication.min().ifPresent(count -> json.number("replicationMin", count));
        replication.max().ifPresent(count -> json.number("replicationMax", count));
        ttl(json, options.ttlMillis(), options.ttlAction());
        return json;
    }

    static JsonOutput encode(CreateDirectoryOptions options) {
        JsonOutput json = new JsonOutput();
        flag(json, "recursive", options.recursive());
        flag(json, "allowExists", options.allowExists());
        options.mode().ifPresent(mode -> json.object("mode", encode(mode)));
        json.text("writeType", options.writeType().map(Enum::name));
        return json;
    }

    static JsonOutput encode(DeleteOptions options) {
        JsonOutput json = new JsonOutput();
        flag(json, "recursive", options.recursive());
        flag(json, "alluxioOnly", options.keepUnderStore());
        return json;
    }

    static JsonOutput encode(OpenOptions options) {
        JsonOutput json = new JsonOutput();
        json.text("readType", options.readType().map(Enum::name));
        options.underStoreConcurrencyMax()
                .ifPresent(count -> json.number("maxUfsReadConcurrency", count));
        return json;
    }

    static JsonOutput encode(ListOptions options) {
        JsonOutput json = encode(options.load());
        flag(json, "recursive", options.recursive());
        return json;
    }

    static JsonOutput encode(MetadataLoad load) {
        JsonOutput json = new JsonOutput();
        return switch (load) {
            case NEVER -> json.text("loadMetadataType", "NEVER");
            case ONCE -> json;
            case ALWAYS -> json.text("loadMetadataType", "ALWAYS");
            case SYNC ->
                    json.text("loadMetadataType", "ALWAYS")
                            .object("commonOptions", new JsonOutput().number("syncIntervalMs", 0));
        };
    }

    static JsonOutput encode(AttributeChange change) {
        JsonOutput json = new JsonOutput();
        json.text("owner", change.owner());
        json.text("group", change.group());
        change.mode().ifPresent(mode -> json.object("mode", encode(mode)));
        change.pinned().ifPresent(pinned -> json.flag("pinned", pinned));
        flag(json, "recursive", change.recursive());
        ttl(json, change.ttlMillis(), change.ttlAction());
        return json;
    }

    static JsonOutput encode(FreeOptions options) {
        JsonOutput json = new JsonOutput();
        flag(json, "recursive", options.recursive());
        flag(json, "forced", options.forced());
        return json;
    }

    static JsonOutput encode(MountOptions options) {
        JsonOutput json = new JsonOutput();
        if (!options.properties().isEmpty()) {
            json.texts("properties", options.properties());
        }
        flag(json, "readOnly", options.readOnly());
        flag(json, "shared", options.shared());
        return json;
    }

    private static JsonOutput encode(Mode mode) {
        return new JsonOutput()
                .text("ownerBits", mode.owner().name())
                .text("groupBits", mode.group().name())
                .text("otherBits", mode.other().name());
    }

    private static void flag(JsonOutput json, String name, boolean value) {
        if (value) {
            json.flag(name, true);
        }
    }

    /** Every negative time means none; 2.9.6 knows only -1 as such. */
    private static void ttl(JsonOutput json, OptionalLong millis, Optional<TtlAction> action) {
        JsonOutput common = new JsonOutput();
        millis.ifPresent(value -> common.number("ttl", Math.max(value, -1)));
        common.text("ttlAction", action.map(Enum::name));
        if (!common.isEmpty()) {
            json.object("commonOptions", common);
        }
    }
}
