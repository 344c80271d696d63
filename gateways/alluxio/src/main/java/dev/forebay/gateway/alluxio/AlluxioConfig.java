package dev.forebay.gateway.alluxio;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.HttpListener;

import java.time.Duration;

/**
 * Settings of the Alluxio REST gateway.
 *
 * @param listener where it listens; setting {@code alluxio.port}, 39999 by default
 * @param principal who every request acts as, since the protocol names no user
 * @param worker what is told to clients as the place of cached blocks
 * @param streamsMax open streams, 1 to 2^30
 * @param streamIdleTimeout how long a stream may lie untouched before the node closes it
 * @param version of the node, told to clients
 */
public record AlluxioConfig(
        HttpListener.Address listener,
        Principal principal,
        Worker worker,
        int streamsMax,
        Duration streamIdleTimeout,
        String version) {
    /** The port of a real proxy. */
    public static final int PORT = 39999;

    /** Open streams, unless configured otherwise. */
    public static final int STREAMS_MAX = 100_000;

    /** The life of an untouched stream, unless configured otherwise. */
    public static final Duration STREAM_IDLE_TIMEOUT = Duration.ofHours(1);

    /** Checks the ranges. */
    public AlluxioConfig {
        if (streamsMax < 1 || streamsMax > 1 << 30) {
            throw new Invalid("alluxio.streams-max is not from 1 to 2^30", streamsMax);
        }
        if (!streamIdleTimeout.isPositive()) {
            throw new Invalid("alluxio.stream-idle-timeout is not positive", streamIdleTimeout);
        }
    }

    /** The protocol's own port on loopback with default bounds. */
    public static AlluxioConfig of(Principal principal, String version) {
        return new AlluxioConfig(
                new HttpListener.Address("127.0.0.1", PORT, "alluxio.port"),
                principal,
                Worker.LOCAL,
                STREAMS_MAX,
                STREAM_IDLE_TIMEOUT,
                version);
    }

    /**
     * The node as a worker of the protocol.
     *
     * @param host name or address under which clients reach the node
     * @param rpcPort a number that tells workers apart; nothing listens there
     * @param dataPort where the node hands out blocks, 0 for nowhere
     * @param webPort the admin listener
     */
    public record Worker(String host, int rpcPort, int dataPort, int webPort) {
        /** This machine with the default ports. */
        public static final Worker LOCAL = new Worker("localhost", PORT, 0, 8900);
    }
}
