package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The operations of snapshots. */
final class SnapshotOperations {
    private static final String NAME = "snapshotname";
    private static final String OLD_NAME = "oldsnapshotname";

    private final LeasedFileEngine engine;

    SnapshotOperations(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void allow(Call call, FilePath path) throws IOException {
        call.requireSuperuser();
        engine.snapshots().allow(call.caller(), path);
        call.done();
    }

    void disallow(Call call, FilePath path) throws IOException {
        call.requireSuperuser();
        engine.snapshots().disallow(call.caller(), path);
        call.done();
    }

    void create(Call call, FilePath path) throws IOException {
        FilePath made = engine.snapshots().create(call.caller(), path, moment(call, NAME));
        call.targets(made);
        call.answer("Path", json -> json.writeString(made.toString()));
    }

    void delete(Call call, FilePath path) throws IOException {
        Name name = name(call, NAME);
        call.targets(path.child(Snapshots.FOLDER).child(name));
        engine.snapshots().delete(call.caller(), path, name);
        call.done();
    }

    void rename(Call call, FilePath path) throws IOException {
        Name from = name(call, OLD_NAME);
        Name to = name(call, NAME);
        call.targets(path.child(Snapshots.FOLDER).child(to));
        engine.snapshots().rename(call.caller(), path, from, to);
        call.done();
    }

    private static Name name(Call call, String parameter) {
        return moment(call, parameter).orElseThrow(() -> Parameters.missing(parameter));
    }

    /** A snapshot; none is now, and for one to be made that it has no name of its own. */
    private static Optional<Name> moment(Call call, String parameter) {
        Optional<String> text = call.parameters().text(parameter);
        try {
            return text.map(Name::of);
        } catch (Invalid _) {
            throw SnapshotErrors.invalidName(text.orElse("")).refused();
        }
    }

    /** Null where there are none, as a real NameNode says it. */
    void roots(Call call, FilePath path) throws IOException {
        List<Snapshots.Root> roots = engine.snapshots().roots(call.caller());
        call.answer(
                "SnapshottableDirectoryList",
                json -> {
                    if (roots.isEmpty()) {
                        json.writeNull();
                    } else {
                        json.writeStartArray();
                        roots.forEach(root -> SnapshotJson.write(json, root));
                        json.writeEndArray();
                    }
                });
    }

    void list(Call call, FilePath path) throws IOException {
        List<Snapshots.Snapshot> snapshots =
                engine.snapshots().list(call.caller(), path).stream()
                        .sorted(Comparator.comparing(Snapshots.Snapshot::name))
                        .toList();
        call.answer(
                "SnapshotList",
                json -> {
                    json.writeStartArray();
                    snapshots.forEach(each -> SnapshotJson.write(json, each));
                    json.writeEndArray();
                });
    }

    void report(Call call, FilePath path) throws IOException {
        SnapshotReport report = compare(call, path);
        call.answer(
                "SnapshotDiffReport",
                json -> {
                    json.writeStartObject();
                    SnapshotJson.writeDifferences(json, report);
                    json.writeStringProperty("fromSnapshot", given(call, OLD_NAME))
                            .writeStringProperty("snapshotRoot", path.toString())
                            .writeStringProperty("toSnapshot", given(call, NAME))
                            .writeEndObject();
                });
    }

    private static String given(Call call, String parameter) {
        return call.parameters().text(parameter).orElse("");
    }

    void page(Call call, FilePath path) throws IOException {
        // SnapshotDiffIndexParam.java: -1 is the beginning
        long after = call.parameters().whole("snapshotdiffindex", -1).orElse(-1);
        SnapshotReport report = compare(call, path);
        call.answer(
                "SnapshotDiffReportListing", json -> SnapshotJson.writePage(json, report, after));
    }

    private SnapshotReport compare(Call call, FilePath path) {
        var between = new SnapshotReport.Between(path, moment(call, OLD_NAME), moment(call, NAME));
        return SnapshotReport.of(engine.snapshots(), call.caller(), between);
    }
}
