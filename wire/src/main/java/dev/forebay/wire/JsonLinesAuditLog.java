package dev.forebay.wire;

import dev.forebay.base.RotatingFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The audit log as one JSON object a line: {@code time}, {@code user}, {@code authentication},
 * {@code origin}, {@code gateway}, {@code operation}, {@code path}, {@code target} when there is
 * one, {@code outcome}, {@code millis}. Safe for use by many threads.
 *
 * <p>When the disk does not take a line, the line is lost and a warning logged once until a line
 * goes through again: requests go on.
 */
public final class JsonLinesAuditLog implements AuditLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JsonLinesAuditLog.class);

    private final RotatingFile file;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Writes to {@code file}, which this log closes. */
    public JsonLinesAuditLog(RotatingFile file) {
        this.file = file;
    }

    @Override
    public void record(Entry entry) {
        try {
            file.append(ByteBuffer.wrap(line(entry)));
            if (failing.compareAndSet(true, false)) {
                LOG.warn("audit log takes entries again");
            }
        } catch (IOException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.warn("audit log does not take entries; they are lost", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static byte[] line(Entry entry) {
        var target = new ByteArrayOutputStream(256);
        Operation operation = entry.operation();
        try (var json = Json.writer(target)) {
            json.writeStartObject()
                    .writeStringProperty(
                            "time", Instant.ofEpochMilli(entry.timeMillis()).toString())
                    .writeStringProperty("user", entry.caller().user())
                    .writeStringProperty("authentication", entry.caller().authentication())
                    .writeStringProperty("origin", entry.caller().origin())
                    .writeStringProperty("gateway", operation.gateway())
                    .writeStringProperty("operation", operation.name())
                    .writeStringProperty("path", operation.path());
            operation.target().ifPresent(path -> json.writeStringProperty("target", path));
            json.writeStringProperty("outcome", operation.outcome())
                    .writeNumberProperty("millis", entry.millis())
                    .writeEndObject();
        }
        target.write('\n');
        return target.toByteArray();
    }
}
