package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcErrorCodeProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslAuth;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslState;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import javax.security.sasl.SaslException;

/** The talk of one connection about who the client is. Belongs to one thread. */
final class RpcAuthentication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RpcAuthentication.class);
    private static final byte[] NOTHING = new byte[0];

    /** A talk that is longer leads nowhere. */
    private static final int MESSAGES_MAX = 16;

    private static final SaslAuth SIMPLE =
            SaslAuth.newBuilder().setMethod("SIMPLE").setMechanism("").build();

    private final RpcHandshake.Rules rules;
    private final Map<SaslAuth, Mechanism.Proof> offered = new LinkedHashMap<>();
    private Optional<Mechanism.Proof> chosen = Optional.empty();
    private int messages;

    RpcAuthentication(RpcHandshake.Rules rules) {
        this.rules = rules;
    }

    /** The proof, once it is complete. */
    Optional<Mechanism.Proof> proven() {
        return chosen.filter(proof -> proof.server().isComplete());
    }

    /**
     * Answers a message.
     *
     * @throws RpcError.Refusal when it leads nowhere; the connection ends then
     */
    RpcSaslProto answer(RpcSaslProto message) {
        if (++messages > MESSAGES_MAX || proven().isPresent()) {
            throw refused("authentication takes too long");
        }
        return switch (message.getState()) {
            case NEGOTIATE -> offer();
            case INITIATE -> {
                chosen = Optional.of(choose(message));
                yield go(message);
            }
            case RESPONSE -> go(message);
            default -> throw refused("unexpected message " + message.getState());
        };
    }

    /** The first offer has its challenge with it, which spares a round trip. */
    private RpcSaslProto offer() {
        if (!offered.isEmpty()) {
            throw refused("negotiated already");
        }
        RpcSaslProto.Builder offer = RpcSaslProto.newBuilder().setState(SaslState.NEGOTIATE);
        for (Mechanism mechanism : rules.mechanisms()) {
            try {
                Mechanism.Proof proof = mechanism.begin();
                byte[] challenge = proof.server().evaluateResponse(NOTHING);
                offered.put(mechanism.offer(), proof);
                offer.addAuths(
                        mechanism.offer().toBuilder().setChallenge(ByteString.copyFrom(challenge)));
            } catch (SaslException e) {
                LOG.error("mechanism not offered method={}", mechanism.offer().getMethod(), e);
            }
        }
        if (rules.simple()) {
            offer.addAuths(SIMPLE);
        }
        return offer.build();
    }

    private Mechanism.Proof choose(RpcSaslProto message) {
        if (message.getAuthsCount() != 1 || chosen.isPresent()) {
            throw refused("one mechanism is to be chosen, once");
        }
        SaslAuth auth = message.getAuths(0).toBuilder().clearChallenge().build();
        Mechanism.Proof proof = offered.get(auth);
        if (proof == null) {
            throw refused(auth.getMethod() + " authentication is not offered");
        }
        return proof;
    }

    private RpcSaslProto go(RpcSaslProto message) {
        Mechanism.Proof proof = chosen.orElseThrow(() -> refused("no mechanism was chosen"));
        try {
            byte[] answer = proof.server().evaluateResponse(message.getToken().toByteArray());
            boolean complete = proof.server().isComplete();
            RpcSaslProto.Builder next =
                    RpcSaslProto.newBuilder()
                            .setState(complete ? SaslState.SUCCESS : SaslState.CHALLENGE);
            if (answer != null) {
                next.setToken(ByteString.copyFrom(answer));
            }
            return next.build();
        } catch (SaslException e) {
            LOG.debug("client not authenticated", e);
            throw proof.failure(e).refused();
        }
    }

    private static RpcError.Refusal refused(String why) {
        return new RpcError(RpcError.ACCESS, why, RpcErrorCodeProto.FATAL_UNAUTHORIZED).refused();
    }

    /** Forgets what was learned of the secrets, unless what follows is wrapped with it. */
    @Override
    public void close() {
        for (Mechanism.Proof proof : offered.values()) {
            try {
                if (!proof.server().isComplete() || !Protection.wraps(proof.server())) {
                    proof.server().dispose();
                }
            } catch (SaslException e) {
                LOG.debug("proof not disposed of", e);
            }
        }
    }
}
