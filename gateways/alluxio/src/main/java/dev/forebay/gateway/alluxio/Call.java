package dev.forebay.gateway.alluxio;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.Json;
import dev.forebay.wire.QueryParameters;
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
    private final Principal caller;
    private String operation = "unknown";
    private String subject = "";
    private Optional<String> target = Optional.empty();

    Call(HttpExchange exchange, Principal principal) {
        this.exchange = exchange;
        this.caller = principal.withOrigin(exchange.origin());
    }

    HttpExchange exchange() {
        return exchange;
    }

    Principal caller() {
        return caller;
    }

    /** The name of the operation for logs; one of a few. */
    String operation() {
        return operation;
    }

    /** The path or stream that the request is about, as the client named it. */
    String subject() {
        return subject;
    }

    Optional<String> target() {
        return target;
    }

    void about(String knownOperation, String what) {
        operation = knownOperation;
        subject = what;
    }

    /** Reads the options. Called at most once. */
    OptionBody options() throws IOException {
        try {
            return OptionBody.parse(exchange.receiveAll(Json.LENGTH_MAX));
        } catch (Invalid e) {
            throw new AlluxioError(400, AlluxioError.INVALID_ARGUMENT, e.reason()).refused();
        }
    }

    /** The path that a query parameter names, taken literally. */
    FilePath targetPath(String parameter) {
        RequestPath path = RequestPath.ofBytes(required(parameter));
        target = Optional.of(path.toString());
        return path.path();
    }

    /** The text of a query parameter; what stands before an at sign in it is not logged. */
    String targetText(String parameter) {
        String text = new String(required(parameter), java.nio.charset.StandardCharsets.UTF_8);
        target = Optional.of(text.replaceFirst("//[^/]*@", "//"));
        return text;
    }

    void answerNothing() throws IOException {
        exchange.respond(ResponseHead.of(200), NOTHING.duplicate());
    }

    /** Answers with a JSON document; one broken off by an error never looks whole. */
    void answer(Consumer<JsonGenerator> document) throws IOException {
        OutputStream out = exchange.stream(ResponseHead.JSON);
        Json.write(out, document);
        out.close();
    }

    private byte[] required(String parameter) {
        return QueryParameters.parse(exchange.rawQuery())
                .findBytes(parameter)
                .orElseThrow(
                        () ->
                                AlluxioError.failed(
                                                AlluxioError.INTERNAL,
                                                "required '" + parameter + "' parameter is missing")
                                        .refused());
    }
}
