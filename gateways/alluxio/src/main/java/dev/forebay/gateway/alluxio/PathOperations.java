package dev.forebay.gateway.alluxio;

import dev.forebay.base.FilePath;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileStatus;
import dev.forebay.files.FileWriter;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The calls under {@code paths/}: each reads its options, calls the engine once, and answers. */
final class PathOperations {
    /** One call on one path. */
    @FunctionalInterface
    interface Operation {
        void run(Call call, RequestPath path) throws IOException;
    }

    private final FileEngine engine;
    private final StreamTable streams;
    private final FileStatusJson statusJson;
    private final Map<String, Operation> operations =
            Map.ofEntries(
                    Map.entry("create-directory", this::createDirectory),
                    Map.entry("create-file", this::createFile),
                    Map.entry("delete", this::delete),
                    Map.entry("exists", this::exists),
                    Map.entry("free", this::free),
                    Map.entry("get-status", this::status),
                    Map.entry("list-status", this::list),
                    Map.entry("mount", this::mount),
                    Map.entry("open-file", this::openFile),
                    Map.entry("rename", this::rename),
                    Map.entry("set-attribute", this::setAttribute),
                    Map.entry("unmount", this::unmount));

    PathOperations(FileEngine engine, StreamTable streams, FileStatusJson statusJson) {
        this.engine = engine;
        this.streams = streams;
        this.statusJson = statusJson;
    }

    Optional<Operation> find(String action) {
        return Optional.ofNullable(operations.get(action));
    }

    private void createDirectory(Call call, RequestPath path) throws IOException {
        engine.createDirectory(call.caller(), path.path(), Options.directory(call.options()));
        call.answerNothing();
    }

    private void createFile(Call call, RequestPath path) throws IOException {
        FilePath file = path.path();
        var options = Options.file(call.options());
        int id = streams.add(() -> new OpenWriter(open(call, file, options)));
        call.answer(json -> json.writeNumber(id));
    }

    private FileWriter open(Call call, FilePath path, dev.forebay.files.CreateOptions options) {
        return engine.create(call.caller(), path, options);
    }

    private void openFile(Call call, RequestPath path) throws IOException {
        FilePath file = path.path();
        var readType = Options.readType(call.options());
        int id =
                streams.add(
                        () -> {
                            FileReader reader = engine.open(call.caller(), file, readType);
                            return new OpenReader(reader);
                        });
        call.answer(json -> json.writeNumber(id));
    }

    private void delete(Call call, RequestPath path) throws IOException {
        engine.delete(call.caller(), path.path(), Options.delete(call.options()));
        call.answerNothing();
    }

    /** False, never an error, for what cannot be a path. */
    private void exists(Call call, RequestPath path) throws IOException {
        var load = Options.load(call.options());
        Optional<FilePath> possible = path.find();
        boolean exists = possible.isPresent() && engine.exists(call.caller(), possible.get(), load);
        call.answer(json -> json.writeBoolean(exists));
    }

    private void free(Call call, RequestPath path) throws IOException {
        engine.free(call.caller(), path.path(), Options.free(call.options()));
        call.answerNothing();
    }

    private void status(Call call, RequestPath path) throws IOException {
        FilePath file = path.path();
        FileStatus status = engine.stat(call.caller(), file, Options.load(call.options()));
        call.answer(json -> statusJson.write(json, status));
    }

    private void list(Call call, RequestPath path) throws IOException {
        FilePath directory = path.path();
        var options = Options.list(call.options());
        call.answer(
                json -> {
                    json.writeStartArray();
                    engine.list(
                            call.caller(),
                            directory,
                            options,
                            status -> statusJson.write(json, status));
                    json.writeEndArray();
                });
    }

    private void mount(Call call, RequestPath path) throws IOException {
        FilePath point = path.path();
        String source = call.targetText("src");
        engine.mount(call.caller(), point, Options.mount(call.options(), source));
        call.answerNothing();
    }

    private void unmount(Call call, RequestPath path) throws IOException {
        engine.unmount(call.caller(), path.path());
        call.answerNothing();
    }

    private void rename(Call call, RequestPath path) throws IOException {
        FilePath source = path.path();
        engine.rename(call.caller(), source, call.targetPath("dst"));
        call.answerNothing();
    }

    private void setAttribute(Call call, RequestPath path) throws IOException {
        engine.setAttributes(call.caller(), path.path(), Options.change(call.options()));
        call.answerNothing();
    }
}
