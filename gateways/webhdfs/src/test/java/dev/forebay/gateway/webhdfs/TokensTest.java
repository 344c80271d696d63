package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.tokens.TokenIdentifier;
import dev.forebay.tokens.TokenUrl;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

class TokensTest {
    private static final Pattern TOKEN =
            Pattern.compile("200 \\{\"Token\":\\{\"urlString\":\"([A-Za-z0-9_-]+)\"}}");

    private RunningGateway running = new RunningGateway();

    @AfterEach
    void stop() {
        running.close();
    }

    private String issue(String query) {
        String answer = running.call("GET", "/?op=GETDELEGATIONTOKEN" + query);
        Matcher matcher = TOKEN.matcher(answer);
        assertThat(matcher.matches()).as(answer).isTrue();
        return matcher.group(1);
    }

    @Test
    void aTokenStandsForItsOwner() {
        String token = issue("&user.name=bob&renewer=yarn");
        assertThat(running.call("GET", "/?op=GETHOMEDIRECTORY&delegation=" + token))
                .isEqualTo("200 {\"Path\":\"/user/bob\"}");
        assertThat(
                        running.call(
                                "GET",
                                "/?op=GETHOMEDIRECTORY&user.name=bob&doas=bob&delegation=" + token))
                .startsWith("200");
        for (String other : new String[] {"&user.name=ann", "&doas=ann", "&doas=proxy"}) {
            assertThat(
                            running.call(
                                    "GET",
                                    "/?op=GETHOMEDIRECTORY" + other + "&delegation=" + token))
                    .startsWith("403");
        }
    }

    @Test
    void aTokenThatAnotherGotNamesBoth() {
        String token = issue("&user.name=proxy&doas=bob");
        TokenIdentifier identifier = TokenIdentifier.decode(TokenUrl.decode(token).identifier());
        assertThat(identifier.owner()).isEqualTo("bob");
        assertThat(identifier.realUser()).isEqualTo("proxy");
        TokenIdentifier own =
                TokenIdentifier.decode(TokenUrl.decode(issue("&user.name=bob")).identifier());
        assertThat(own.realUser()).isEmpty();
    }

    @Test
    void itIsRenewedAndCancelled() {
        String token = issue("&user.name=bob&renewer=yarn");
        assertThat(running.call("PUT", "/?op=RENEWDELEGATIONTOKEN&user.name=yarn&token=" + token))
                .startsWith("200 {\"long\":");
        assertThat(running.call("PUT", "/?op=RENEWDELEGATIONTOKEN&user.name=bob&token=" + token))
                .startsWith("403")
                .contains("AccessControlException");
        assertThat(running.call("PUT", "/?op=CANCELDELEGATIONTOKEN&user.name=bob&token=" + token))
                .isEqualTo("200 ");
        for (String target :
                new String[] {
                    "/?op=CANCELDELEGATIONTOKEN&user.name=bob&token=",
                    "/?op=RENEWDELEGATIONTOKEN&user.name=yarn&token="
                }) {
            assertThat(running.call("PUT", target + token))
                    .startsWith("401")
                    .contains("InvalidToken");
        }
        assertThat(running.call("GET", "/?op=GETHOMEDIRECTORY&delegation=" + token))
                .startsWith("401")
                .contains("InvalidToken");
    }

    @Test
    void nonsenseIsNoTokenAndIsNotRepeated() {
        for (String wrong : new String[] {"abc", "%2F%2F", "x".repeat(20_000), "AAAA"}) {
            String answer = running.call("GET", "/?op=LISTSTATUS&delegation=" + wrong);
            assertThat(answer).startsWith("401").contains("InvalidToken").doesNotContain(wrong);
        }
        assertThat(running.call("PUT", "/?op=CANCELDELEGATIONTOKEN")).startsWith("400");
    }

    @Test
    void whoHasATokenGetsNoOther() {
        String token = issue("&user.name=bob");
        assertThat(running.call("GET", "/?op=GETDELEGATIONTOKEN&delegation=" + token))
                .startsWith("403");
    }

    @Test
    void secretsGetIntoNoRecord() {
        String token = issue("&user.name=bob");
        running.call("GET", "/?op=GETHOMEDIRECTORY&delegation=" + token);
        running.call("GET", "/none?op=GETFILESTATUS&delegation=" + token);
        running.call("PUT", "/?op=CANCELDELEGATIONTOKEN&user.name=bob&token=" + token);
        assertThat(running.audit.toString() + running.outcomes).doesNotContain(token);
    }

    @Test
    void whereTokensAreRequiredNamesAreNotEnough() {
        running.close();
        running = RunningGateway.guarded();
        for (String query : new String[] {"", "&user.name=ann", "&user.name=proxy&doas=ann"}) {
            assertThat(running.call("GET", "/?op=LISTSTATUS" + query))
                    .startsWith("401")
                    .contains("SecurityException");
        }
        for (String query : new String[] {"", "&user.name=bob", "&user.name=root"}) {
            assertThat(running.call("GET", "/?op=GETDELEGATIONTOKEN" + query)).startsWith("401");
        }
        // asked for from this machine, by one of the setting
        String token = issue("&user.name=ann");
        assertThat(running.call("GET", "/?op=LISTSTATUS&delegation=" + token)).startsWith("200");
        assertThat(running.call("PUT", "/d?op=MKDIRS&delegation=" + token)).startsWith("200");
    }
}
