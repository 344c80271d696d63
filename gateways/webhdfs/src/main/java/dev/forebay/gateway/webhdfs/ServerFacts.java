package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.files.FileEngine;
import dev.forebay.files.StoragePolicy;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;

/**
 * The operations that ask for the system rather than for a path, and those about what it does
 * without, such as erasure coding. These answer what a file system answers in which nobody has used
 * them.
 */
final class ServerFacts {
    private final FileEngine engine;
    private final Statuses statuses;
    private final long blockSize;

    ServerFacts(FileEngine engine, Statuses statuses, long blockSize) {
        this.engine = engine;
        this.statuses = statuses;
        this.blockSize = blockSize;
    }

    void home(Call call, FilePath path) throws IOException {
        call.answer("Path", json -> json.writeString(homeOf(call)));
    }

    void trashRoot(Call call, FilePath path) throws IOException {
        call.answer("Path", json -> json.writeString(homeOf(call) + "/.Trash"));
    }

    void defaults(Call call, FilePath path) throws IOException {
        call.answer(
                "FsServerDefaults",
                json ->
                        json.writeStartObject()
                                .writeNumberProperty("replication", 1)
                                .writeBooleanProperty("encryptDataTransfer", false)
                                .writeNumberProperty(
                                        "defaultStoragePolicyId", StoragePolicy.HOT.id())
                                .writeNumberProperty("writePacketSize", 64 * 1024)
                                .writeNumberProperty("fileBufferSize", 4096)
                                // DataChecksum.java: CRC32C
                                .writeNumberProperty("checksumType", 2)
                                .writeNumberProperty("trashInterval", 0)
                                .writeStringProperty("keyProviderUri", "")
                                .writeNumberProperty("blockSize", blockSize)
                                .writeNumberProperty("bytesPerChecksum", FileChecksum.CHUNK_LENGTH)
                                .writeEndObject());
    }

    /** What the disk holds and still takes. */
    void space(Call call, FilePath path) throws IOException {
        FileEngine.Usage usage = engine.usage();
        call.answer(
                "FsStatus",
                json ->
                        json.writeStartObject()
                                .writeNumberProperty("used", usage.diskUsed())
                                .writeNumberProperty("remaining", usage.diskFree())
                                .writeNumberProperty("capacity", usage.diskCapacity())
                                .writeEndObject());
    }

    void erasureCodingPolicy(Call call, FilePath path) throws IOException {
        statuses.load(call, path);
        call.answer(JsonGenerator::writeNull);
    }

    void linkTarget(Call call, FilePath path) {
        statuses.load(call, path);
        throw RemoteError.failed(RemoteError.IO, "Path " + path + " is not a symbolic link")
                .refused();
    }

    private static String homeOf(Call call) {
        return "/user/" + call.caller().user();
    }
}
