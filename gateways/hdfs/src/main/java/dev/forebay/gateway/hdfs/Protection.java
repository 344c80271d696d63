package dev.forebay.gateway.hdfs;

import java.nio.ByteBuffer;
import java.util.Map;

import javax.security.sasl.Sasl;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * The least that must be done to what goes over the wire once a client has proven who it is;
 * setting {@code hdfs.protection}. Clients that ask for more get it.
 */
public enum Protection {
    /** Nothing: names are proven, and what follows is sent as it is. */
    AUTHENTICATION("auth-conf,auth-int,auth"),
    /** What follows cannot be changed on the way. */
    INTEGRITY("auth-conf,auth-int"),
    /** Nor can it be read. */
    PRIVACY("auth-conf");

    // SaslRpcServer.java, SaslParticipant.java: what clients ask of the mechanism, too
    private static final String DIGEST = "DIGEST-MD5";
    private static final String PLAIN = "auth";
    private static final String PRIVATE = "auth-conf";

    private final String qualities;

    Protection(String qualities) {
        this.qualities = qualities;
    }

    /** Whether what is sent as it is must be refused. */
    boolean required() {
        return this != AUTHENTICATION;
    }

    /**
     * Begins the server's side of DIGEST-MD5. Weak ciphers are not offered.
     *
     * @param protocol and {@code server} are names that both sides put into the digest
     */
    SaslServer begin(String protocol, String server, DigestSecrets secrets) throws SaslException {
        Map<String, String> properties =
                Map.of(Sasl.QOP, qualities, Sasl.SERVER_AUTH, "true", Sasl.STRENGTH, "high");
        SaslServer made = Sasl.createSaslServer(DIGEST, protocol, server, properties, secrets);
        if (made == null) {
            throw new SaslException("this Java has no DIGEST-MD5");
        }
        return made;
    }

    /** Whether what follows a complete talk is wrapped. */
    static boolean wraps(SaslServer complete) {
        return !PLAIN.equals(complete.getNegotiatedProperty(Sasl.QOP));
    }

    /** Whether what follows a complete talk cannot be read by others. */
    static boolean hides(SaslServer complete) {
        return PRIVATE.equals(complete.getNegotiatedProperty(Sasl.QOP));
    }

    /**
     * What a client wrapped.
     *
     * @throws SaslException when it was changed on the way
     */
    static ByteBuffer unwrap(SaslServer complete, byte[] wrapped) throws SaslException {
        byte[] bytes = complete.unwrap(wrapped, 0, wrapped.length);
        if (bytes.length == 0) {
            // what this Java says of a wrong checksum; nobody wraps nothing
            throw new SaslException("what came was changed on the way");
        }
        return ByteBuffer.wrap(bytes);
    }
}
