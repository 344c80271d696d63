package dev.forebay.gateway.webhdfs;

import dev.forebay.base.DataSize;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.HttpListener;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Settings of the WebHDFS gateway.
 *
 * @param listener where it listens; setting {@code webhdfs.port}, 9870 by default
 * @param identity who requests may act as
 * @param advertised what redirects begin with, such as {@code http://files.example.org:9870}; empty
 *     for the host that the client itself used
 * @param corsOrigins origins of pages from which browsers may send requests, {@code *} for any;
 *     empty for none
 * @param blockSize of new files whose client names none, and told to clients; 1 byte or more
 */
public record WebHdfsConfig(
        HttpListener.Address listener,
        Identity identity,
        Optional<String> advertised,
        Set<String> corsOrigins,
        DataSize blockSize) {
    /** The port of a real NameNode. */
    public static final int PORT = 9870;

    /** Bytes of a full block, unless configured otherwise. */
    public static final DataSize BLOCK_SIZE = new DataSize(64L << 20);

    /** Checks the ranges. */
    public WebHdfsConfig {
        corsOrigins = Set.copyOf(corsOrigins);
        if (blockSize.bytes() < 1) {
            throw new Invalid("the default block size is under 1", blockSize);
        }
        advertised.ifPresent(WebHdfsConfig::requireUrl);
    }

    /** The protocol's own port on loopback, redirects to where the client came in. */
    public static WebHdfsConfig of(Principal principal) {
        return new WebHdfsConfig(
                new HttpListener.Address("127.0.0.1", PORT, "webhdfs.port"),
                Identity.of(principal),
                Optional.empty(),
                Set.of(),
                BLOCK_SIZE);
    }

    private static void requireUrl(String advertised) {
        boolean web = advertised.startsWith("http://") || advertised.startsWith("https://");
        if (!web || advertised.endsWith("/")) {
            throw new Invalid("webhdfs.advertise is not such as http://host:9870", advertised);
        }
    }

    /**
     * Who requests may act as.
     *
     * @param node who requests without a name act as
     * @param users the principal of a user name, which the client claims
     * @param proxyUsers users that may act as others by {@code doas}
     * @param tokensRequired whether requests must come with a delegation token, but those for one
     *     that come from this machine
     * @param issuedTo users to whom tokens are issued then
     */
    public record Identity(
            Principal node,
            Function<String, Principal> users,
            Set<String> proxyUsers,
            boolean tokensRequired,
            Set<String> issuedTo) {
        /** Copies the users. */
        public Identity {
            proxyUsers = Set.copyOf(proxyUsers);
            issuedTo = Set.copyOf(issuedTo);
        }

        /** One superuser, who is also taken for whoever names none, and nobody acts for others. */
        public static Identity of(Principal node) {
            return of(node, Set.of());
        }

        /** One superuser, and users that may act for others. */
        public static Identity of(Principal node, Set<String> proxyUsers) {
            return new Identity(
                    node,
                    user ->
                            user.equals(node.user())
                                    ? node
                                    : new Principal(user, Set.of(user), false, "simple", ""),
                    proxyUsers,
                    false,
                    Set.of());
        }
    }
}
