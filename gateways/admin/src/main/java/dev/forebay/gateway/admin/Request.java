package dev.forebay.gateway.admin;

import dev.forebay.base.Principal;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.Json;
import dev.forebay.wire.ResponseHead;

import tools.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** One request with what its audit entry will say. Belongs to one thread. */
final class Request {
    private final HttpExchange exchange;
    private final Principal caller;
    private String path = "";

    Request(HttpExchange exchange, Principal principal) {
        this.exchange = exchange;
        this.caller = principal.withOrigin(exchange.origin());
    }

    HttpExchange exchange() {
        return exchange;
    }

    Principal caller() {
        return caller;
    }

    String path() {
        return path;
    }

    void about(String what) {
        path = what;
    }

    /** Whether the client is on the same machine. */
    boolean isLocal() {
        String origin = exchange.origin();
        return origin.startsWith("127.")
                || origin.equals("::1")
                || origin.equals("[::1]")
                || origin.equals("0:0:0:0:0:0:0:1");
    }

    void answer(int status, Consumer<JsonGenerator> document) throws IOException {
        var target = new ByteArrayOutputStream();
        try (var json = Json.writer(target)) {
            document.accept(json);
        }
        respond(status, target.toByteArray());
    }

    void respond(int status, byte[] json) throws IOException {
        exchange.respond(ResponseHead.JSON.withStatus(status), ByteBuffer.wrap(json));
    }
}
