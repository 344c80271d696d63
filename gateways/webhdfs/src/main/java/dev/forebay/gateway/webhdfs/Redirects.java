package dev.forebay.gateway.webhdfs;

import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.ResponseHead;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The first of the two steps in which the protocol moves bytes: tells the client where to go on,
 * which is this listener under the name that the client itself used. The second step carries {@code
 * data=true}, as with HttpFS.
 */
final class Redirects {
    static final String DATA = "data";

    private static final String NO_REDIRECT = "noredirect";
    private static final int TEMPORARY_REDIRECT = 307;

    private final Optional<String> advertised;

    Redirects(Optional<String> advertised) {
        this.advertised = advertised;
    }

    /**
     * Answers a request that is to be sent on: one that asks where to, and of those that bring
     * bytes every one that brings none.
     *
     * @param uploads whether the operation takes bytes
     * @return false when the request is to be done here and now
     */
    boolean sendOn(Call call, boolean uploads) throws IOException {
        boolean asks = call.parameters().flag(NO_REDIRECT, false);
        boolean data = call.parameters().flag(DATA, false);
        if (data || (!asks && !uploads) || (uploads && call.hasBody())) {
            return false;
        }
        String location = location(call.exchange());
        if (asks) {
            call.answer("Location", json -> json.writeString(location));
        } else {
            call.respond(
                    ResponseHead.BYTES.withStatus(TEMPORARY_REDIRECT).with("Location", location));
        }
        return true;
    }

    /** Where the bytes of a request go: the same request, marked. */
    String location(HttpExchange exchange) {
        List<String> query = new ArrayList<>();
        for (String part : exchange.rawQuery().orElse("").split("&", -1)) {
            String name = part.split("=", -1)[0].toLowerCase(Locale.ROOT);
            if (!part.isEmpty() && !name.equals(NO_REDIRECT) && !name.equals(DATA)) {
                query.add(part);
            }
        }
        query.add(DATA + "=true");
        return base(exchange) + ascii(exchange.rawPath() + "?" + String.join("&", query));
    }

    /** Hadoop's client sends names as they are, in UTF-8; a header cannot hold all of them. */
    private static String ascii(String rawTarget) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : rawTarget.getBytes(StandardCharsets.UTF_8)) {
            if (each < 0) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            } else {
                encoded.append((char) each);
            }
        }
        return encoded.toString();
    }

    /** Empty, which makes the location relative, for the rare client that names no host. */
    private String base(HttpExchange exchange) {
        return advertised
                .or(() -> exchange.header("Host").map(host -> "http://" + host))
                .orElse("");
    }
}
