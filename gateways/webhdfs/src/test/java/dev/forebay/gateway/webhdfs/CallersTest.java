package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

class CallersTest {
    private static final Principal NODE = Principal.node("ann");
    private static final Callers CALLERS =
            new Callers(
                    WebHdfsConfig.Identity.of(NODE, Set.of("proxy")),
                    RunningGateway.tokens(Clock.system()));

    private static Principal of(String query) {
        Parameters parameters = Parameters.parse(Optional.of(query));
        return CALLERS.acting(CALLERS.real(parameters, "127.0.0.1"), parameters);
    }

    @Test
    void nobodyIsTheNode() {
        assertThat(of("")).isEqualTo(NODE);
        assertThat(of("user.name=ann")).isEqualTo(NODE);
        assertThat(CALLERS.nobody()).isEqualTo(NODE);
    }

    @Test
    void othersAreNoSuperusers() {
        assertThat(of("user.name=bob"))
                .isEqualTo(new Principal("bob", Set.of("bob"), false, "simple", ""));
    }

    @Test
    void onlyProxiesActAsOthers() {
        assertThat(of("user.name=proxy&doas=bob").user()).isEqualTo("bob");
        assertThat(of("user.name=proxy&doas=bob").superuser()).isFalse();
        for (String query : Set.of("user.name=bob&doas=ann", "doas=bob")) {
            assertThatThrownBy(() -> of(query))
                    .isInstanceOfSatisfying(
                            RemoteError.Refused.class,
                            e -> {
                                assertThat(e.error().httpStatus()).isEqualTo(403);
                                assertThat(e.error().exception())
                                        .isEqualTo("AuthorizationException");
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user.name=", "user.name=a/b", "user.name=..", "user.name=proxy&doas=a/b"})
    void namesThatCannotBe(String query) {
        assertThatThrownBy(() -> of(query))
                .isInstanceOfSatisfying(
                        RemoteError.Refused.class,
                        e -> assertThat(e.error().httpStatus()).isEqualTo(400));
    }
}
