package dev.forebay.gateway.alluxio;

import dev.forebay.base.FilePath;
import dev.forebay.base.ReadType;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileReader;
import dev.forebay.files.FileReader.ByteRange;
import dev.forebay.wire.PercentCoding;
import dev.forebay.wire.ResponseHead;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The call {@code download-file}: a file, or with a Range header a part of it, in one request. */
final class Downloads {
    private final FileEngine engine;

    Downloads(FileEngine engine) {
        this.engine = engine;
    }

    void run(Call call, RequestPath path) throws IOException {
        FilePath file = path.path();
        try (FileReader reader = engine.open(call.caller(), file, ReadType.CACHE)) {
            long length = reader.length();
            ResponseHead head =
                    ResponseHead.BYTES
                            .with("Accept-Ranges", "bytes")
                            .with("Content-Disposition", disposition(file));
            switch (ContentRange.parse(call.exchange().header("Range"), length)) {
                case ContentRange.Whole _ -> send(call, reader, head, new ByteRange(0, length));
                case ContentRange.Part(ByteRange range) ->
                        send(call, reader, partial(head, range, length), range);
                case ContentRange.Beyond _ -> refuse(call, length);
            }
        }
    }

    /**
     * Tells a browser under which name to save. Plain names go as a real proxy sends them; others
     * are escaped by RFC 6266, so that no byte of a name can break the header.
     */
    static String disposition(FilePath file) {
        byte[] name = file.isRoot() ? new byte[] {'_'} : file.name().bytes();
        String encoded = PercentCoding.encode(name);
        return encoded.indexOf('%') < 0
                ? "attachment; filename=" + encoded
                : "attachment; filename*=UTF-8''" + encoded;
    }

    private static ResponseHead partial(ResponseHead head, ByteRange range, long length) {
        long last = range.position() + range.length() - 1;
        return head.withStatus(206)
                .with("Content-Range", "bytes " + range.position() + "-" + last + "/" + length);
    }

    private static void send(Call call, FileReader reader, ResponseHead head, ByteRange range)
            throws IOException {
        call.exchange().begin(head, range.length());
        if (!call.exchange().method().equals("HEAD")) {
            reader.transfer(range, call.exchange()::write);
        }
    }

    private static void refuse(Call call, long length) throws IOException {
        AlluxioError error =
                new AlluxioError(416, "OUT_OF_RANGE", "range begins behind the end of the file");
        call.exchange()
                .respond(
                        ResponseHead.JSON
                                .withStatus(416)
                                .with("Content-Range", "bytes */" + length),
                        ByteBuffer.wrap(error.json()));
    }
}
