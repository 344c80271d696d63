package dev.forebay.wire;

/** Counts requests. Called once for each request of each gateway, by many threads; must be fast. */
@FunctionalInterface
public interface RequestMetrics {
    /** Counts nothing. */
    RequestMetrics NONE = _ -> {};

    /** Counts one request. */
    void record(Outcome outcome);

    /**
     * How a request went.
     *
     * @param gateway name of the gateway
     * @param operation one of the few names that the gateway knows
     * @param status {@code OK} or the error's name in the gateway's protocol
     * @param nanos from the request's head to the end of the answer
     * @param traffic bytes of bodies
     */
    record Outcome(
            String gateway,
            String operation,
            String status,
            long nanos,
            HttpExchange.Traffic traffic) {
        /** The status of a request that succeeded. */
        public static final String OK = "OK";
    }
}
