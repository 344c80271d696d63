package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Principal;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.Json;
import dev.forebay.wire.ResponseHead;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/** One request with what its log entries will say. Belongs to one thread. */
final class Call {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final HttpExchange exchange;
    private final CrossOrigin crossOrigin;
    private Principal caller;
    private Parameters parameters = Parameters.parse(Optional.empty());
    private String operation = "unknown";
    private String subject = "";
    private Optional<String> target = Optional.empty();

    Call(HttpExchange exchange, CrossOrigin crossOrigin, Principal nobody) {
        this.exchange = exchange;
        this.crossOrigin = crossOrigin;
        this.caller = nobody.withOrigin(exchange.origin());
    }

    HttpExchange exchange() {
        return exchange;
    }

    Principal caller() {
        return caller;
    }

    Parameters parameters() {
        return parameters;
    }

    /** The name of the operation for logs; one of a few. */
    String operation() {
        return operation;
    }

    /** The path that the request is about, as the client named it. */
    String subject() {
        return subject;
    }

    Optional<String> target() {
        return target;
    }

    void by(Principal principal) {
        caller = principal.withOrigin(exchange.origin());
    }

    void with(Parameters read) {
        parameters = read;
    }

    void about(String knownOperation, String path) {
        operation = knownOperation;
        subject = path;
    }

    void targets(Object path) {
        target = Optional.of(path.toString());
    }

    /** Refuses who may not do everything. */
    void requireSuperuser() {
        if (!caller.superuser()) {
            String why = "Access denied for user " + caller.user();
            throw RemoteError.failed(
                            RemoteError.ACCESS_CONTROL, why + ". Superuser privilege is required")
                    .refused();
        }
    }

    /** Whether the client sends bytes with this request. */
    boolean hasBody() {
        return exchange.header("Transfer-Encoding").isPresent()
                || exchange.header("Content-Length").filter(text -> !text.equals("0")).isPresent();
    }

    void respond(ResponseHead head, ByteBuffer body) throws IOException {
        exchange.respond(crossOrigin.allow(exchange, head), body);
    }

    /** Answers with a head alone. */
    void respond(ResponseHead head) throws IOException {
        respond(head, NOTHING.duplicate());
    }

    /** Begins an answer of raw bytes, which are to follow. */
    void begin(long length) throws IOException {
        exchange.begin(crossOrigin.allow(exchange, ResponseHead.BYTES), length);
    }

    /** The answer of operations that answer nothing. */
    void done() throws IOException {
        respond(ResponseHead.BYTES);
    }

    /** Answers with a JSON document; one broken off by an error never looks whole. */
    void answer(Consumer<JsonGenerator> document) throws IOException {
        OutputStream out = exchange.stream(crossOrigin.allow(exchange, ResponseHead.JSON));
        Json.write(out, document);
        out.close();
    }

    /** Answers with an object of one member. */
    void answer(String name, Consumer<JsonGenerator> value) throws IOException {
        answer(
                json -> {
                    json.writeStartObject().writeName(name);
                    value.accept(json);
                    json.writeEndObject();
                });
    }

    void answer(boolean value) throws IOException {
        answer("boolean", json -> json.writeBoolean(value));
    }
}
