package dev.forebay.gateway.hdfs;

import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.Token;

import org.apache.hadoop.security.proto.SecurityProtos.CancelDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.CancelDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.GetDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.GetDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.RenewDelegationTokenRequestProto;
import org.apache.hadoop.security.proto.SecurityProtos.RenewDelegationTokenResponseProto;
import org.apache.hadoop.security.proto.SecurityProtos.TokenProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.apache.hadoop.thirdparty.protobuf.InvalidProtocolBufferException;
import org.apache.hadoop.thirdparty.protobuf.MessageLite;

/** Methods about delegation tokens. What they carry is a secret, and gets into no log. */
final class TokenMethods {
    // DelegationTokenIdentifier.java
    private static final String KIND = "HDFS_DELEGATION_TOKEN";

    private final DelegationTokens tokens;

    private TokenMethods(DelegationTokens tokens) {
        this.tokens = tokens;
    }

    static void addTo(MethodTable table, DelegationTokens tokens) {
        TokenMethods methods = new TokenMethods(tokens);
        table.audited("getDelegationToken", methods::issue)
                .audited("renewDelegationToken", methods::renew)
                .audited("cancelDelegationToken", methods::cancel);
    }

    /** Clients put in themselves where the token is good. */
    private MessageLite issue(RpcCall call) throws InvalidProtocolBufferException {
        String renewer = call.request(GetDelegationTokenRequestProto.parser()).getRenewer();
        Token token = tokens.issue(call.caller(), renewer);
        return GetDelegationTokenResponseProto.newBuilder()
                .setToken(
                        TokenProto.newBuilder()
                                .setIdentifier(ByteString.copyFrom(token.identifier()))
                                .setPassword(ByteString.copyFrom(token.password()))
                                .setKind(KIND)
                                .setService(""))
                .build();
    }

    private MessageLite renew(RpcCall call) throws InvalidProtocolBufferException {
        TokenProto token = call.request(RenewDelegationTokenRequestProto.parser()).getToken();
        return RenewDelegationTokenResponseProto.newBuilder()
                .setNewExpiryTime(tokens.renew(call.caller().user(), of(token)))
                .build();
    }

    private MessageLite cancel(RpcCall call) throws InvalidProtocolBufferException {
        TokenProto token = call.request(CancelDelegationTokenRequestProto.parser()).getToken();
        tokens.cancel(call.caller().user(), of(token));
        return CancelDelegationTokenResponseProto.getDefaultInstance();
    }

    private static Token of(TokenProto token) {
        return new Token(token.getIdentifier().toByteArray(), token.getPassword().toByteArray());
    }
}
