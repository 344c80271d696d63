package dev.forebay.gateway.hdfs;

import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslAuth;

import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/**
 * A way in which a client of the RPC port proves who it is. Kerberos, when it comes, is one more of
 * these: method KERBEROS, mechanism GSSAPI, over a SaslServer that runs as the node's principal.
 */
sealed interface Mechanism permits TokenMechanism {
    /** How it is offered, without the challenge. */
    SaslAuth offer();

    /** Begins to prove; one for each connection. */
    Proof begin() throws SaslException;

    /** One client proving who it is. Belongs to one thread. */
    interface Proof {
        /** Takes part in the talk. */
        SaslServer server();

        /** Why it failed, in the words of the protocol. */
        RpcError failure(SaslException e);

        /** The user that was proven; of a complete proof. */
        String user();

        /** What the name was established by, for {@link dev.forebay.base.Principal}. */
        String authentication();
    }
}
