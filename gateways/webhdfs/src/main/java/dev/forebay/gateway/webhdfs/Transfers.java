package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;
import dev.forebay.wire.ResponseHead;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The operations that move bytes of files. */
final class Transfers implements AutoCloseable {
    private static final int CREATED = 201;

    private final LeasedFileEngine engine;
    private final Redirects redirects;
    private final Uploads uploads;
    private final long blockSize;

    Transfers(LeasedFileEngine engine, Clock clock, WebHdfsConfig config) {
        this.engine = engine;
        this.redirects = new Redirects(config.advertised());
        this.uploads = Uploads.start(engine, clock);
        this.blockSize = config.blockSize().bytes();
    }

    int uploads() {
        return uploads.running();
    }

    @Override
    public void close() {
        uploads.close();
    }

    void open(Call call, FilePath path) throws IOException {
        long offset = call.parameters().whole("offset", 0).orElse(0);
        OptionalLong asked = call.parameters().whole("length", 0);
        if (redirects.sendOn(call, false)) {
            return;
        }
        try (FileReader reader = engine.open(call.caller(), path, ReadType.CACHE)) {
            long size = reader.length();
            if (offset > size || (offset == size && size > 0)) {
                String message =
                        "Offset=%d out of the range [0, %d); OPEN, path=%s"
                                .formatted(offset, size, path);
                throw RemoteError.failed(RemoteError.IO, message).refused();
            }
            long length = Math.min(asked.orElse(Long.MAX_VALUE), size - offset);
            call.begin(length);
            reader.transfer(new ByteRange(offset, length), call.exchange()::write);
        }
    }

    void create(Call call, FilePath path) throws IOException {
        CreateOptions options = Creations.file(call.parameters(), blockSize);
        if (redirects.sendOn(call, true)) {
            return;
        }
        uploads.run(call, holder -> engine.create(call.caller(), path, options, holder));
        String host = call.exchange().header("Host").orElse("");
        String location = "webhdfs://" + host + RequestPath.encode(path);
        call.respond(ResponseHead.BYTES.withStatus(CREATED).with("Location", location));
    }

    void append(Call call, FilePath path) throws IOException {
        if (!call.hasBody() && !call.parameters().flag(Redirects.DATA, false)) {
            requireFile(call, path);
        }
        if (redirects.sendOn(call, true)) {
            return;
        }
        uploads.run(call, holder -> engine.append(call.caller(), path, holder));
        call.done();
    }

    void checksum(Call call, FilePath path) throws IOException {
        if (redirects.sendOn(call, false)) {
            return;
        }
        FileChecksum.Value value;
        try (FileReader reader = engine.open(call.caller(), path, ReadType.NO_CACHE)) {
            FileChecksum checksum = new FileChecksum(blockLengths(reader));
            reader.transfer(new ByteRange(0, reader.length()), checksum::update);
            value = checksum.value();
        }
        call.answer(
                "FileChecksum",
                json ->
                        json.writeStartObject()
                                .writeStringProperty("algorithm", value.algorithm())
                                .writeStringProperty("bytes", value.bytes())
                                .writeNumberProperty("length", value.length())
                                .writeEndObject());
    }

    /** A client that is sent on should not have to send bytes to learn that there is no file. */
    private void requireFile(Call call, FilePath path) {
        FileStatus status = engine.stat(call.caller(), path, MetadataLoad.ONCE);
        if (status.directory()) {
            throw new IsADirectory("path is a directory", path);
        }
    }

    /** The blocks as stored; those of a file being written are cut by its block size. */
    private static List<Long> blockLengths(FileReader reader) {
        List<Long> stored =
                reader.status().blocks().stream()
                        .map(FileStatus.Block::length)
                        .filter(length -> length > 0)
                        .toList();
        if (stored.stream().mapToLong(Long::longValue).sum() == reader.length()) {
            return stored;
        }
        List<Long> cut = new ArrayList<>();
        long blockSize = Math.max(reader.status().layout().blockSize(), 1);
        for (long left = reader.length(); left > 0; left -= blockSize) {
            cut.add(Math.min(left, blockSize));
        }
        return cut;
    }
}
