package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.StoragePolicy;
import dev.forebay.files.StorageType;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The operations of storage policies. */
final class PolicyOperations {
    private static final int READ = 4;

    private final LeasedFileEngine engine;

    PolicyOperations(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void all(Call call, FilePath path) throws IOException {
        call.answer(
                "BlockStoragePolicies",
                json -> {
                    json.writeStartObject().writeArrayPropertyStart("BlockStoragePolicy");
                    for (StoragePolicy policy : StoragePolicy.values()) {
                        write(json, policy);
                    }
                    json.writeEndArray().writeEndObject();
                });
    }

    void get(Call call, FilePath path) throws IOException {
        engine.requireAccess(call.caller(), path, READ);
        StoragePolicy policy =
                engine.stat(call.caller(), path, MetadataLoad.NEVER)
                        .layout()
                        .policy()
                        .orElse(StoragePolicy.HOT);
        call.answer("BlockStoragePolicy", json -> write(json, policy));
    }

    private static void write(JsonGenerator json, StoragePolicy policy) {
        json.writeStartObject().writeBooleanProperty("copyOnCreateFile", policy.copiedOnCreate());
        write(json, "creationFallbacks", policy.fallbacks().creation());
        json.writeNumberProperty("id", policy.id()).writeStringProperty("name", policy.name());
        write(json, "replicationFallbacks", policy.fallbacks().replication());
        write(json, "storageTypes", policy.types());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<StorageType> types) {
        json.writeArrayPropertyStart(name);
        types.forEach(type -> json.writeString(type.name()));
        json.writeEndArray();
    }

    void set(Call call, FilePath path) throws IOException {
        String name =
                call.parameters()
                        .text("storagepolicy")
                        .orElseThrow(
                                () ->
                                        RemoteError.illegal("Storage policy name is empty.")
                                                .refused());
        StoragePolicy policy =
                StoragePolicy.find(name).orElseThrow(() -> PolicyErrors.unknown(name).refused());
        engine.setStoragePolicy(call.caller(), path, Optional.of(policy));
        call.done();
    }

    void unset(Call call, FilePath path) throws IOException {
        engine.setStoragePolicy(call.caller(), path, Optional.empty());
        call.done();
    }
}
