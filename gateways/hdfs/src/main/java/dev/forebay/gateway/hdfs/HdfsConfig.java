package dev.forebay.gateway.hdfs;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.HttpListener;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settings of the HDFS gateway.
 *
 * @param rpc where calls are answered; setting {@code hdfs.port}, 8020 by default
 * @param data where blocks are read and written; setting {@code hdfs.data-port}, 9866 by default
 * @param advertised what clients are told to dial for blocks; empty for the address that their call
 *     came in on
 * @param domainSocket where clients on this machine get files of blocks; empty for nowhere
 * @param identity how users become principals
 * @param tokensRequired whether clients must come with delegation tokens, and with block tokens to
 *     the data port
 * @param protection the least that is done to what goes over both ports
 * @param blockSize bytes of a block of clients that ask for the default, a multiple of 512
 * @param connectionsMax open connections of each of both ports, 1 to 1,000,000; the next one is
 *     closed at once
 */
public record HdfsConfig(
        HttpListener.Address rpc,
        HttpListener.Address data,
        Optional<Advertised> advertised,
        Optional<DomainSocket> domainSocket,
        Identity identity,
        boolean tokensRequired,
        Protection protection,
        long blockSize,
        int connectionsMax) {
    /** The port of a real NameNode. */
    public static final int RPC_PORT = 8020;

    /** The port of a real DataNode. */
    public static final int DATA_PORT = 9866;

    /** The block size of a real NameNode. */
    public static final long BLOCK_SIZE = 128L << 20;

    /** Open connections of a port, unless configured otherwise. */
    public static final int CONNECTIONS_MAX = 10_000;

    private static final int CONNECTIONS_LIMIT = 1_000_000;

    /** Checks the ranges. */
    public HdfsConfig {
        if (protection.required() && !tokensRequired) {
            throw new Invalid(
                    "hdfs.protection needs hdfs.authentication=token, since only who proves who it"
                            + " is can be protected",
                    protection);
        }
        if (blockSize < Chunks.LENGTH || blockSize % Chunks.LENGTH != 0) {
            throw new Invalid("hdfs.block-size is not a multiple of 512", blockSize);
        }
        if (connectionsMax < 1 || connectionsMax > CONNECTIONS_LIMIT) {
            throw new Invalid("hdfs.connections-max is not from 1 to 1000000", connectionsMax);
        }
    }

    /** The protocol's own ports on loopback with default bounds. */
    public static HdfsConfig of(Function<String, Principal> users) {
        return new HdfsConfig(
                new HttpListener.Address("127.0.0.1", RPC_PORT, "hdfs.port"),
                new HttpListener.Address("127.0.0.1", DATA_PORT, "hdfs.data-port"),
                Optional.empty(),
                Optional.empty(),
                new Identity(users, Set.of()),
                false,
                Protection.AUTHENTICATION,
                BLOCK_SIZE,
                CONNECTIONS_MAX);
    }

    /** The same with a socket that lies in a folder, if its path is relative. */
    public HdfsConfig in(Path folder) {
        return new HdfsConfig(
                rpc,
                data,
                advertised,
                domainSocket.map(socket -> socket.in(folder)),
                identity,
                tokensRequired,
                protection,
                blockSize,
                connectionsMax);
    }

    /**
     * What clients are told to dial instead of the address that their call came in on.
     *
     * @param host an address, or a name that clients can resolve
     * @param port of the data port as clients see it, 1 to 65535
     */
    public record Advertised(String host, int port) {
        /**
         * Reads {@code host:port}.
         *
         * @throws Invalid when it is not
         */
        public static Advertised parse(String text) {
            int colon = text.lastIndexOf(':');
            try {
                return new Advertised(
                        text.substring(0, Math.max(0, colon)),
                        Integer.parseInt(text.substring(colon + 1)));
            } catch (NumberFormatException e) {
                throw new Invalid("hdfs.advertise is not host:port", text, e);
            }
        }

        /** Checks the range. */
        public Advertised {
            if (host.isEmpty() || port < 1 || port > 65535) {
                throw new Invalid("hdfs.advertise is not host:port", host + ":" + port);
            }
        }
    }

    /**
     * How users become principals.
     *
     * @param users the principal of a user name, which the client claims
     * @param proxies users that may act for others
     */
    public record Identity(Function<String, Principal> users, Set<String> proxies) {
        /** Copies the names. */
        public Identity {
            proxies = Set.copyOf(proxies);
        }
    }
}
