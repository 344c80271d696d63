package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.tokens.Token;

import org.apache.hadoop.ipc.protobuf.IpcConnectionContextProtos.UserInformationProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcResponseHeaderProto.RpcStatusProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslAuth;
import org.apache.hadoop.ipc.protobuf.RpcHeaderProtos.RpcSaslProto.SaslState;
import org.apache.hadoop.thirdparty.protobuf.ByteString;

import java.util.Base64;
import java.util.Map;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.RealmCallback;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;

/** Proves a delegation token over the RPC protocol, step by step. */
final class TokenClient {
    private static final int SASL_CALL = -33;

    private TokenClient() {}

    /** Connected and asked for what is offered. */
    static WireClient negotiate(RunningGateway running) {
        WireClient client = WireClient.connect(running.gateway.rpcPort());
        client.greet(0xDF);
        send(client, RpcSaslProto.newBuilder().setState(SaslState.NEGOTIATE));
        return client;
    }

    static void send(WireClient client, RpcSaslProto.Builder message) {
        client.frame(WireClient.header(SASL_CALL), message.build());
    }

    /** Proves a token; the last answer may be a refusal. */
    static WireClient.Answer prove(WireClient client, Token token) throws SaslException {
        return prove(client, token, "auth");
    }

    /** The same, asking for a quality of protection; what follows is wrapped if it must be. */
    static WireClient.Answer prove(WireClient client, Token token, String quality)
            throws SaslException {
        SaslAuth offer = client.next().message(RpcSaslProto.parser()).getAuths(0);
        SaslClient sasl =
                Sasl.createSaslClient(
                        new String[] {offer.getMechanism()},
                        null,
                        offer.getProtocol(),
                        offer.getServerId(),
                        Map.of(Sasl.QOP, quality),
                        secrets(token));
        byte[] response = sasl.evaluateChallenge(offer.getChallenge().toByteArray());
        send(
                client,
                RpcSaslProto.newBuilder()
                        .setState(SaslState.INITIATE)
                        .setToken(ByteString.copyFrom(response))
                        .addAuths(offer.toBuilder().clearChallenge()));
        WireClient.Answer answer = client.next();
        if (!quality.equals("auth") && answer.header().getStatus() == RpcStatusProto.SUCCESS) {
            byte[] last = answer.message(RpcSaslProto.parser()).getToken().toByteArray();
            byte[] nothing = sasl.evaluateChallenge(last);
            assertThat(nothing).isNull();
            client.wrap(sasl);
        }
        return answer;
    }

    private static CallbackHandler secrets(Token token) {
        return secrets(text(token.identifier()), text(token.password()));
    }

    /** Answers what the mechanism asks of its client. */
    static CallbackHandler secrets(String user, String secret) {
        return callbacks -> {
            for (Callback callback : callbacks) {
                switch (callback) {
                    case NameCallback name -> name.setName(user);
                    case PasswordCallback password -> password.setPassword(secret.toCharArray());
                    case RealmCallback realm -> realm.setText(realm.getDefaultText());
                    default -> throw new AssertionError(callback);
                }
            }
        };
    }

    static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Ready for calls as the token's owner. */
    static WireClient open(RunningGateway running, Token token) throws SaslException {
        return open(running, token, "auth");
    }

    /** The same with a quality of protection. */
    static WireClient open(RunningGateway running, Token token, String quality)
            throws SaslException {
        WireClient client = negotiate(running);
        WireClient.Answer answer = prove(client, token, quality);
        if (answer.header().getStatus() != RpcStatusProto.SUCCESS) {
            throw new SaslException(answer.header().getErrorMsg());
        }
        client.name(UserInformationProto.getDefaultInstance());
        return client;
    }
}
