package dev.forebay.gateway.admin;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;
import dev.forebay.files.SnapshotReport;
import dev.forebay.files.Snapshots;
import dev.forebay.wire.QueryParameters;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.Optional;

/** The calls for snapshots, which the Alluxio wire lacks. */
final class SnapshotCalls {
    private final Snapshots snapshots;

    SnapshotCalls(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    void allow(Request request) throws IOException {
        snapshots.allow(request.caller(), path(request));
        done(request);
    }

    void disallow(Request request) throws IOException {
        snapshots.disallow(request.caller(), path(request));
        done(request);
    }

    void create(Request request) throws IOException {
        FilePath made =
                snapshots.create(request.caller(), path(request), find(query(request), "name"));
        request.answer(
                200,
                json ->
                        json.writeStartObject()
                                .writeStringProperty("path", made.toString())
                                .writeEndObject());
    }

    void rename(Request request) throws IOException {
        QueryParameters query = query(request);
        snapshots.rename(
                request.caller(), path(request), name(query, "name"), name(query, "other"));
        done(request);
    }

    void delete(Request request) throws IOException {
        snapshots.delete(request.caller(), path(request), name(query(request), "name"));
        done(request);
    }

    private static void done(Request request) throws IOException {
        request.answer(200, json -> json.writeStartObject().writeEndObject());
    }

    /** Those of a directory; without one, the directories that may have some. */
    void list(Request request) throws IOException {
        if (query(request).find("path").isEmpty()) {
            var roots = snapshots.roots(request.caller());
            request.answer(
                    200,
                    json -> {
                        json.writeStartArray();
                        roots.forEach(root -> write(json, root));
                        json.writeEndArray();
                    });
            return;
        }
        var found = snapshots.list(request.caller(), path(request));
        request.answer(
                200,
                json -> {
                    json.writeStartArray();
                    found.forEach(each -> write(json, each));
                    json.writeEndArray();
                });
    }

    private static void write(JsonGenerator json, Snapshots.Root root) {
        json.writeStartObject()
                .writeStringProperty("path", root.status().path().toString())
                .writeNumberProperty("count", root.count())
                .writeNumberProperty("countMax", Snapshots.COUNT_MAX)
                .writeEndObject();
    }

    private static void write(JsonGenerator json, Snapshots.Snapshot snapshot) {
        json.writeStartObject()
                .writeNumberProperty("number", snapshot.number())
                .writeStringProperty("name", snapshot.name().toString())
                .writeStringProperty("path", snapshot.root().path().toString())
                .writeNumberProperty("createdMillis", snapshot.createdMillis())
                .writeEndObject();
    }

    void compare(Request request) throws IOException {
        QueryParameters query = query(request);
        var between =
                new SnapshotReport.Between(path(request), find(query, "from"), find(query, "to"));
        SnapshotReport report = SnapshotReport.of(snapshots, request.caller(), between);
        request.answer(
                200,
                json -> {
                    json.writeStartArray();
                    report.asked().forEach(each -> write(json, each));
                    json.writeEndArray();
                });
    }

    /** Paths are told without the first slash: they are below the directory. */
    private static void write(JsonGenerator json, SnapshotReport.Entry entry) {
        json.writeStartObject()
                .writeStringProperty("kind", entry.kind().name())
                .writeStringProperty("path", entry.path().toString().substring(1));
        entry.target()
                .ifPresent(
                        target ->
                                json.writeStringProperty("target", target.toString().substring(1)));
        json.writeEndObject();
    }

    private static QueryParameters query(Request request) {
        return QueryParameters.parse(request.exchange().rawQuery());
    }

    private static FilePath path(Request request) {
        return AdminGateway.path(request, query(request));
    }

    private static Name name(QueryParameters query, String parameter) {
        return query.findBytes(parameter)
                .map(Name::of)
                .orElseThrow(() -> new Invalid("required parameter is missing", parameter));
    }

    private static Optional<Name> find(QueryParameters query, String parameter) {
        return query.findBytes(parameter).map(Name::of);
    }
}
