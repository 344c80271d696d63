package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.Token;
import dev.forebay.tokens.TokenUrl;

import java.io.IOException;
import java.util.Set;

/** The operations about delegation tokens. What they carry is a secret, and gets into no log. */
final class Tokens {
    static final String ISSUE = "GETDELEGATIONTOKEN";

    /** The operations by which a client without a token gets one. */
    static final Set<String> OPERATIONS =
            Set.of(ISSUE, "RENEWDELEGATIONTOKEN", "CANCELDELEGATIONTOKEN");

    // WebHdfsConstants.java
    private static final String KIND = "WEBHDFS delegation";

    private final DelegationTokens tokens;

    Tokens(DelegationTokens tokens) {
        this.tokens = tokens;
    }

    void issue(Call call, FilePath path) throws IOException {
        Parameters parameters = call.parameters();
        String renewer = parameters.text("renewer").orElse(call.caller().user());
        Token token = tokens.issue(call.caller(), renewer);
        TokenUrl.Label label =
                new TokenUrl.Label(
                        parameters.text("kind").orElse(KIND),
                        parameters.text("service").orElse(""));
        call.answer(
                "Token",
                json ->
                        json.writeStartObject()
                                .writeStringProperty("urlString", TokenUrl.encode(token, label))
                                .writeEndObject());
    }

    void renew(Call call, FilePath path) throws IOException {
        long until = tokens.renew(call.caller().user(), named(call));
        call.answer("long", json -> json.writeNumber(until));
    }

    void cancel(Call call, FilePath path) throws IOException {
        tokens.cancel(call.caller().user(), named(call));
        call.done();
    }

    private static Token named(Call call) {
        return TokenUrl.decode(
                call.parameters().text("token").orElseThrow(() -> Parameters.missing("token")));
    }
}
