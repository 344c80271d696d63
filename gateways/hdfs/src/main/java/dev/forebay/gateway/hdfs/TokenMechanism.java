package dev.forebay.gateway.hdfs;

import dev.forebay.base.Principal;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.TokenIdentifier;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslAuth;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * Clients with a delegation token: DIGEST-MD5, whose user is the identifier of the token and whose
 * password that of the token, both in base 64. The password itself is not sent.
 *
 * @param tokens that are good
 * @param protection the least that is done to what follows
 */
record TokenMechanism(DelegationTokens tokens, Protection protection) implements Mechanism {
    // SaslRpcServer.java: the names that both sides put into the digest
    private static final String DIGEST = "DIGEST-MD5";
    private static final String PROTOCOL = "";
    private static final String SERVER = "default";

    @Override
    public SaslAuth offer() {
        return SaslAuth.newBuilder()
                .setMethod("TOKEN")
                .setMechanism(DIGEST)
                .setProtocol(PROTOCOL)
                .setServerId(SERVER)
                .build();
    }

    @Override
    public Proof begin() throws SaslException {
        return new Digest(tokens, protection);
    }

    private static final class Digest implements Proof {
        private final DelegationTokens tokens;
        private final SaslServer server;
        private Optional<TokenIdentifier> identifier = Optional.empty();
        private @Nullable ForebayException refusal;

        Digest(DelegationTokens tokens, Protection protection) throws SaslException {
            this.tokens = tokens;
            this.server = protection.begin(PROTOCOL, SERVER, new DigestSecrets(this::expected));
        }

        @Override
        public SaslServer server() {
            return server;
        }

        private char[] expected(String name) throws IOException {
            try {
                byte[] bytes = decoded(name);
                byte[] password = tokens.expect(bytes);
                identifier = Optional.of(TokenIdentifier.decode(bytes));
                return Base64.getEncoder().encodeToString(password).toCharArray();
            } catch (ForebayException e) {
                refusal = e;
                throw new IOException("token refused", e);
            }
        }

        private static byte[] decoded(String name) {
            try {
                return Base64.getDecoder().decode(name);
            } catch (IllegalArgumentException _) {
                throw new Invalid("malformed token", name.length());
            }
        }

        @Override
        public RpcError failure(SaslException e) {
            ForebayException why = refusal;
            boolean bad = why instanceof NotFound || why instanceof Invalid;
            return new RpcError(
                    bad ? RpcError.INVALID_TOKEN : RpcError.SASL,
                    bad && why != null ? why.getMessage() : "the token could not be proven",
                    RpcErrorCodeProto.FATAL_UNAUTHORIZED);
        }

        @Override
        public String user() {
            return identifier.orElseThrow().owner();
        }

        @Override
        public String authentication() {
            return Principal.TOKEN;
        }
    }
}
