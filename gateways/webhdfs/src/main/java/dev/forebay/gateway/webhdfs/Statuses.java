package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.StorageType;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The operations that tell about paths and change nothing. */
final class Statuses {
    /** Children of one page, as a real NameNode has it. */
    static final int PAGE_LENGTH = 1000;

    private static final Pattern RIGHTS = Pattern.compile("[r-][w-][x-]");

    private final LeasedFileEngine engine;

    Statuses(LeasedFileEngine engine) {
        this.engine = engine;
    }

    FileStatus load(Call call, FilePath path) {
        return engine.stat(call.caller(), path, MetadataLoad.ONCE);
    }

    void status(Call call, FilePath path) throws IOException {
        FileStatus status = asked(call, path);
        call.answer("FileStatus", json -> FileStatusJson.write(json, status));
    }

    private FileStatus asked(Call call, FilePath path) {
        try {
            return load(call, path);
        } catch (NotADirectory e) {
            // a real NameNode tells all but its superuser what stands in the way
            if (call.caller().superuser()) {
                throw new NotFound("path does not exist", path);
            }
            throw e;
        }
    }

    void list(Call call, FilePath path) throws IOException {
        call.answer(
                "FileStatuses",
                json -> {
                    json.writeStartObject().writeArrayPropertyStart("FileStatus");
                    engine.list(
                            call.caller(),
                            path,
                            FileEngine.ListOptions.DEFAULT,
                            status -> {
                                if (status.path().equals(path)) {
                                    FileStatusJson.write(json, status);
                                } else {
                                    FileStatusJson.writeChild(json, status);
                                }
                            });
                    json.writeEndArray().writeEndObject();
                });
    }

    void page(Call call, FilePath path) throws IOException {
        Optional<Name> after = call.parameters().text("startafter").map(Statuses::name);
        LeasedFileEngine.Page page =
                engine.page(call.caller(), path, MetadataLoad.ONCE, after, PAGE_LENGTH);
        call.answer(
                "DirectoryListing",
                json -> {
                    json.writeStartObject()
                            .writeObjectPropertyStart("partialListing")
                            .writeObjectPropertyStart("FileStatuses")
                            .writeArrayPropertyStart("FileStatus");
                    for (FileStatus status : page.children()) {
                        if (status.path().equals(path)) {
                            FileStatusJson.write(json, status);
                        } else {
                            FileStatusJson.writeChild(json, status);
                        }
                    }
                    json.writeEndArray()
                            .writeEndObject()
                            .writeEndObject()
                            .writeNumberProperty("remainingEntries", page.remaining())
                            .writeEndObject();
                });
    }

    void summary(Call call, FilePath path) throws IOException {
        LeasedFileEngine.Summary summary = engine.summarize(call.caller(), path);
        call.answer(
                "ContentSummary",
                json -> {
                    json.writeStartObject()
                            .writeNumberProperty("directoryCount", summary.directories())
                            .writeStringProperty(
                                    "ecPolicy", summary.directories() == 0 ? "Replicated" : "")
                            .writeNumberProperty("fileCount", summary.files())
                            .writeNumberProperty("length", summary.length())
                            .writeNumberProperty("quota", summary.quota().names())
                            .writeNumberProperty("snapshotDirectoryCount", 0)
                            .writeNumberProperty("snapshotFileCount", 0)
                            .writeNumberProperty("snapshotLength", 0)
                            .writeNumberProperty("snapshotSpaceConsumed", 0)
                            .writeNumberProperty("spaceConsumed", summary.replicated())
                            .writeNumberProperty("spaceQuota", summary.quota().space());
                    types(json, summary);
                    json.writeEndObject();
                });
    }

    void quotaUsage(Call call, FilePath path) throws IOException {
        LeasedFileEngine.Summary summary = engine.summarize(call.caller(), path);
        long count = summary.directories() + summary.files();
        call.answer(
                "QuotaUsage",
                json -> {
                    json.writeStartObject()
                            .writeNumberProperty("fileAndDirectoryCount", count)
                            .writeNumberProperty("quota", summary.quota().names())
                            .writeNumberProperty("spaceConsumed", summary.replicated())
                            .writeNumberProperty("spaceQuota", summary.quota().space());
                    types(json, summary);
                    json.writeEndObject();
                });
    }

    /** Only types of storage that have a limit, as a real NameNode tells them. */
    private static void types(JsonGenerator json, LeasedFileEngine.Summary summary) {
        json.writeObjectPropertyStart("typeQuota");
        for (StorageType type : StorageType.values()) {
            long limit = summary.quota().of(type);
            if (limit >= 0) {
                json.writeObjectPropertyStart(type.name())
                        .writeNumberProperty("consumed", summary.types().getOrDefault(type, 0L))
                        .writeNumberProperty("quota", limit)
                        .writeEndObject();
            }
        }
        json.writeEndObject();
    }

    void checkAccess(Call call, FilePath path) throws IOException {
        String name = "fsaction";
        String rights =
                call.parameters()
                        .text(name)
                        .orElseThrow(() -> Parameters.missing(name))
                        .toLowerCase(Locale.ROOT);
        if (!RIGHTS.matcher(rights).matches()) {
            throw Parameters.wrong(name, rights, "not such as r-x");
        }
        int bits = 0;
        for (int i = 0; i < rights.length(); i++) {
            bits = bits * 2 + (rights.charAt(i) == '-' ? 0 : 1);
        }
        engine.requireAccess(call.caller(), path, bits);
        call.done();
    }

    void blockLocations(Call call, FilePath path) throws IOException {
        BlockLocations locations = BlockLocations.of(call, load(call, path));
        call.answer("BlockLocations", locations::write);
    }

    void locatedBlocks(Call call, FilePath path) throws IOException {
        BlockLocations locations = BlockLocations.of(call, load(call, path));
        call.answer("LocatedBlocks", locations::writeLocated);
    }

    private static Name name(String text) {
        try {
            return Name.of(text);
        } catch (Invalid e) {
            throw Parameters.wrong("startAfter", text, "no name: " + e.reason());
        }
    }
}
