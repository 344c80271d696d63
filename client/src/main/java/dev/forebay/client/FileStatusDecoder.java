package dev.forebay.client;

import dev.forebay.base.PersistenceState;
import dev.forebay.base.TtlAction;
import dev.forebay.client.rest.Json;

import java.util.List;

/** File statuses out of the FileInfo objects of the Alluxio REST (wire.py of alluxio 0.1.4). */
final class FileStatusDecoder {
    private FileStatusDecoder() {}

    /**
     * Decodes one object. Fields that the oldest proxies lack get neutral values.
     *
     * @throws FilesException.Internal when it is no FileInfo
     */
    static FileStatus decode(Json json) {
        String path =
                json.field("path")
                        .text()
                        .orElseThrow(() -> unreadable("a file status without a path"));
        return new FileStatus(
                path,
                json.field("fileId").whole(0),
                json.field("folder").isTrue(),
                json.field("length").whole(0),
                json.field("completed").isTrue(),
                access(json),
                new FileStatus.Times(
                        json.field("creationTimeMs").whole(0),
                        json.field("lastModificationTimeMs").whole(0),
                        json.field("lastAccessTimeMs").whole(0)),
                new FileStatus.Ttl(json.field("ttl").whole(-1), ttlAction(json)),
                storage(json),
                residence(json),
                layout(json));
    }

    private static FileStatus.Access access(Json json) {
        return new FileStatus.Access(
                json.field("owner").text().orElse(""),
                json.field("group").text().orElse(""),
                Mode.of((int) json.field("mode").whole(0)));
    }

    private static FileStatus.Storage storage(Json json) {
        return new FileStatus.Storage(
                json.field("ufsPath").text().orElse(""),
                json.field("persisted").isTrue(),
                persistence(json.field("persistenceState").text().orElse("NOT_PERSISTED")),
                json.field("mountPoint").isTrue(),
                json.field("mountId").whole(1));
    }

    private static FileStatus.Residence residence(Json json) {
        long inMemory = json.field("inMemoryPercentage").whole(0);
        return new FileStatus.Residence(
                json.field("cacheable").isTrue(),
                json.field("pinned").isTrue(),
                (int) inMemory,
                (int) json.field("inAlluxioPercentage").whole(inMemory));
    }

    private static FileStatus.Layout layout(Json json) {
        return new FileStatus.Layout(
                json.field("blockSizeBytes").whole(0),
                (int) json.field("replicationMin").whole(0),
                (int) json.field("replicationMax").whole(-1),
                0,
                json.field("blockIds").items().stream().map(id -> id.whole(0)).toList(),
                json.field("fileBlockInfos").items().stream()
                        .map(FileStatusDecoder::block)
                        .toList());
    }

    private static FileBlock block(Json json) {
        Json block = json.field("blockInfo");
        List<String> hosts =
                json.field("ufsLocations").items().stream()
                        .flatMap(host -> host.text().stream())
                        .toList();
        return new FileBlock(
                block.field("blockId").whole(0),
                json.field("offset").whole(0),
                block.field("length").whole(0),
                block.field("locations").items().stream().map(FileStatusDecoder::location).toList(),
                hosts);
    }

    private static BlockLocation location(Json json) {
        Json address = json.field("workerAddress");
        return new BlockLocation(
                json.field("workerId").whole(0),
                new WorkerNetAddress(
                        address.field("host").text().orElse(""),
                        (int) address.field("rpcPort").whole(0),
                        (int) address.field("dataPort").whole(0),
                        (int) address.field("webPort").whole(0)),
                json.field("tierAlias").text().orElse(""));
    }

    /** Alluxio 2.x also has DELETE_ALLUXIO, which as FREE leaves the data below alone. */
    private static TtlAction ttlAction(Json json) {
        return json.field("ttlAction").text().orElse("FREE").equals("DELETE")
                ? TtlAction.DELETE
                : TtlAction.FREE;
    }

    private static PersistenceState persistence(String name) {
        for (PersistenceState state : PersistenceState.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw unreadable("an unknown persistence state");
    }

    private static FilesException unreadable(String reason) {
        return FilesException.of(Status.INTERNAL, reason, "");
    }
}
