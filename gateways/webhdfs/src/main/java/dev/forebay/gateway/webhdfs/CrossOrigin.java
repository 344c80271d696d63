package dev.forebay.gateway.webhdfs;

import dev.forebay.wire.HttpExchange;
import dev.forebay.wire.ResponseHead;

import java.util.Set;

/** Lets pages of chosen origins read answers, as browsers ask for it. */
final class CrossOrigin {
    static final String METHODS = "GET,PUT,POST,DELETE,OPTIONS";

    private static final String MAX_AGE_SECONDS = "1800";

    private final Set<String> origins;

    CrossOrigin(Set<String> origins) {
        this.origins = origins;
    }

    /** The head with what a browser needs to hand the answer to its page. */
    ResponseHead allow(HttpExchange exchange, ResponseHead head) {
        if (origins.isEmpty()) {
            return head;
        }
        ResponseHead varied = head.with("Vary", "Origin");
        return exchange.header("Origin")
                .filter(origin -> origins.contains("*") || origins.contains(origin))
                .map(
                        origin ->
                                varied.with("Access-Control-Allow-Origin", origin)
                                        .with("Access-Control-Expose-Headers", "Location"))
                .orElse(varied);
    }

    /** The head of the answer to the question what a page may send. */
    ResponseHead preflight(HttpExchange exchange) {
        ResponseHead head = allow(exchange, ResponseHead.of(200).with("Allow", METHODS));
        boolean asked = exchange.header("Access-Control-Request-Method").isPresent();
        if (!asked || origins.isEmpty()) {
            return head;
        }
        ResponseHead answer =
                head.with("Access-Control-Allow-Methods", METHODS)
                        .with("Access-Control-Max-Age", MAX_AGE_SECONDS);
        return exchange.header("Access-Control-Request-Headers")
                .map(headers -> answer.with("Access-Control-Allow-Headers", headers))
                .orElse(answer);
    }
}
