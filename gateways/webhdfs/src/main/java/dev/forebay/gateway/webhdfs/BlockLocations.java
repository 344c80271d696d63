package dev.forebay.gateway.webhdfs;

import dev.forebay.base.error.IsADirectory;
import dev.forebay.files.FileStatus;

import tools.jackson.core.JsonGenerator;

import java.util.List;

/**
 * Where the blocks of a range of a file lie: all at this node, under the name by which the client
 * reached it.
 */
final class BlockLocations {
    private static final String RACK = "/default-rack";

    private final FileStatus file;
    private final List<FileStatus.Block> blocks;
    private final String host;
    private final int port;

    private BlockLocations(FileStatus file, List<FileStatus.Block> blocks, String authority) {
        int colon = authority.lastIndexOf(':');
        boolean numbered = colon > 0 && authority.substring(colon + 1).matches("[0-9]{1,5}");
        this.file = file;
        this.blocks = List.copyOf(blocks);
        this.host = numbered ? authority.substring(0, colon) : authority;
        this.port = numbered ? Integer.parseInt(authority.substring(colon + 1)) : 80;
    }

    /** The blocks that the parameters {@code offset} and {@code length} of a request meet. */
    static BlockLocations of(Call call, FileStatus file) {
        if (file.directory()) {
            throw new IsADirectory("path is a directory", file.path());
        }
        long offset = call.parameters().whole("offset", 0).orElse(0);
        long length = call.parameters().whole("length", 0).orElse(Long.MAX_VALUE);
        long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        List<FileStatus.Block> met =
                file.blocks().stream()
                        .filter(each -> each.length() > 0 && each.offset() < end)
                        .filter(each -> each.offset() + each.length() > offset)
                        .toList();
        return new BlockLocations(file, met, call.exchange().header("Host").orElse("localhost"));
    }

    /** As Hadoop's BlockLocation. */
    void write(JsonGenerator json) {
        json.writeStartObject().writeArrayPropertyStart("BlockLocation");
        for (FileStatus.Block block : blocks) {
            json.writeStartObject();
            texts(json, "topologyPaths", RACK + "/" + host + ":" + port);
            json.writeBooleanProperty("corrupt", false);
            texts(json, "cachedHosts");
            texts(json, "names", host + ":" + port);
            json.writeNumberProperty("offset", block.offset());
            texts(json, "hosts", host);
            json.writeNumberProperty("length", block.length());
            texts(json, "storageTypes", "DISK");
            json.writeEndObject();
        }
        json.writeEndArray().writeEndObject();
    }

    /** As HDFS's own LocatedBlocks. */
    void writeLocated(JsonGenerator json) {
        json.writeStartObject()
                .writeNumberProperty("fileLength", file.length())
                .writeBooleanProperty("isLastBlockComplete", true)
                .writeBooleanProperty("isUnderConstruction", !file.completed())
                .writeName("lastLocatedBlock");
        if (file.blocks().isEmpty()) {
            json.writeNull();
        } else {
            located(json, file.blocks().getLast());
        }
        json.writeArrayPropertyStart("locatedBlocks");
        blocks.forEach(block -> located(json, block));
        json.writeEndArray().writeEndObject();
    }

    private void located(JsonGenerator json, FileStatus.Block block) {
        json.writeStartObject()
                .writeObjectPropertyStart("block")
                .writeNumberProperty("blockId", block.id().value())
                .writeStringProperty("blockPoolId", "forebay")
                .writeNumberProperty("generationStamp", 0)
                .writeNumberProperty("numBytes", block.length())
                .writeEndObject()
                .writeObjectPropertyStart("blockToken")
                // an empty token: identifier, password, kind and service of no bytes
                .writeStringProperty("urlString", "AAAAAA")
                .writeEndObject();
        texts(json, "cachedLocations");
        json.writeBooleanProperty("isCorrupt", false).writeArrayPropertyStart("locations");
        place(json);
        json.writeEndArray().writeNumberProperty("startOffset", block.offset());
        texts(json, "storageTypes", "DISK");
        json.writeEndObject();
    }

    private void place(JsonGenerator json) {
        json.writeStartObject()
                .writeStringProperty("adminState", "NORMAL")
                .writeNumberProperty("blockPoolUsed", 0)
                .writeNumberProperty("cacheCapacity", 0)
                .writeNumberProperty("cacheUsed", 0)
                .writeNumberProperty("capacity", 0)
                .writeNumberProperty("dfsUsed", 0)
                .writeStringProperty("hostName", host)
                .writeNumberProperty("infoPort", port)
                .writeNumberProperty("infoSecurePort", 0)
                .writeStringProperty("ipAddr", host)
                .writeNumberProperty("ipcPort", port)
                .writeNumberProperty("lastBlockReportMonotonic", 0)
                .writeNumberProperty("lastBlockReportTime", 0)
                .writeNumberProperty("lastUpdate", 0)
                .writeNumberProperty("lastUpdateMonotonic", 0)
                .writeStringProperty("name", host + ":" + port)
                .writeStringProperty("networkLocation", RACK)
                .writeNumberProperty("remaining", 0)
                .writeStringProperty("storageID", "forebay")
                .writeNumberProperty("xceiverCount", 0)
                .writeNumberProperty("xferPort", port)
                .writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, String... values) {
        json.writeArrayPropertyStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
