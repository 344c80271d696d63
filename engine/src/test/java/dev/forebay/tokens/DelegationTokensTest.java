package dev.forebay.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.meta.Space;
import dev.forebay.testkit.Generator;
import dev.forebay.testkit.ManualClock;
import dev.forebay.testkit.SeededTest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class DelegationTokensTest {
    private static final Principal ANN = new Principal("ann", Set.of(), false, "simple", "");
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualClock clock = new ManualClock(1_700_000_000_000L);
    private final MemoryMetaStore store = new MemoryMetaStore(TokenSpaces.all(), clock);
    private final Randomness random = Randomness.seeded(1);
    private DelegationTokens tokens = open();

    private DelegationTokens open() {
        return DelegationTokens.open(store, clock, random, TokensConfig.DEFAULT);
    }

    private void pass(Duration time) {
        clock.advance(time);
    }

    private int rows(Space space) {
        AtomicInteger count = new AtomicInteger();
        store.visit(
                reader ->
                        reader.scan(space, KeyRange.all(), (_, _) -> count.incrementAndGet() > 0));
        return count.get();
    }

    private void requireBad(Token token) {
        assertThatThrownBy(() -> tokens.authenticate(token)).isInstanceOf(NotFound.class);
    }

    @Test
    void aTokenIsGoodForItsOwnerForADay() {
        Token token = tokens.issue(ANN, "yarn");
        assertThat(tokens.authenticate(token)).isEqualTo("ann");
        assertThat(tokens.expect(token.identifier())).isEqualTo(token.password());
        pass(DAY.minusMillis(1));
        assertThat(tokens.authenticate(token)).isEqualTo("ann");
        pass(Duration.ofMillis(1));
        requireBad(token);
    }

    @Test
    void tokensOutliveTheProcess() {
        Token token = tokens.issue(ANN, "yarn");
        Token cancelled = tokens.issue(ANN, "yarn");
        tokens.cancel("ann", cancelled);
        tokens = open();
        assertThat(tokens.authenticate(token)).isEqualTo("ann");
        requireBad(cancelled);
    }

    @Test
    void itIsRenewedUpToItsLifetime() {
        Token token = tokens.issue(ANN, "yarn");
        long begin = clock.millis();
        for (int day = 1; day <= 6; day++) {
            pass(DAY.minusHours(1));
            assertThat(tokens.renew("yarn", token)).isEqualTo(clock.millis() + DAY.toMillis());
        }
        pass(DAY.minusHours(1));
        assertThat(tokens.renew("yarn", token)).isEqualTo(begin + Duration.ofDays(7).toMillis());
        pass(Duration.ofHours(7));
        requireBad(token);
        assertThatThrownBy(() -> tokens.renew("yarn", token)).isInstanceOf(NotFound.class);
    }

    @Test
    void onlyItsRenewerRenewsIt() {
        Token token = tokens.issue(ANN, "yarn");
        for (String other : new String[] {"ann", "", "bob"}) {
            assertThatThrownBy(() -> tokens.renew(other, token))
                    .isInstanceOf(PermissionDenied.class);
        }
        Token nobodys = tokens.issue(ANN, "");
        assertThatThrownBy(() -> tokens.renew("", nobodys)).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void itsOwnerAndItsRenewerCancelIt() {
        Token token = tokens.issue(ANN, "yarn");
        assertThatThrownBy(() -> tokens.cancel("bob", token)).isInstanceOf(PermissionDenied.class);
        tokens.cancel("yarn", token);
        requireBad(token);
        assertThatThrownBy(() -> tokens.cancel("ann", token)).isInstanceOf(NotFound.class);
        Token other = tokens.issue(ANN, "");
        tokens.cancel("ann", other);
        requireBad(other);
    }

    @Test
    void whoHasATokenGetsNoOther() {
        assertThatThrownBy(() -> tokens.issue(ANN.withAuthentication(Principal.TOKEN), "ann"))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void whatWasNotIssuedIsNotGood() {
        Token token = tokens.issue(ANN, "yarn");
        byte[] wrong = token.password();
        wrong[3] ^= 1;
        Token guessed = new Token(token.identifier(), wrong);
        assertThatThrownBy(() -> tokens.authenticate(guessed)).isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> tokens.renew("yarn", guessed))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> tokens.cancel("ann", guessed))
                .isInstanceOf(PermissionDenied.class);
        TokenIdentifier seen = TokenIdentifier.decode(token.identifier());
        byte[] forged =
                new TokenIdentifier(
                                "root",
                                "yarn",
                                "",
                                seen.issuedMillis(),
                                seen.maxMillis(),
                                seen.sequence(),
                                seen.keyId())
                        .encode();
        requireBad(new Token(forged, token.password()));
    }

    @Test
    void keysAreRolledAndKeptAsLongAsTheyAreNeeded() {
        Token first = tokens.issue(ANN, "yarn");
        pass(DAY.plusHours(1).minusHours(2));
        tokens.renew("yarn", first);
        pass(Duration.ofHours(2));
        Token second = tokens.issue(ANN, "yarn");
        assertThat(TokenIdentifier.decode(first.identifier()).keyId()).isEqualTo(1);
        assertThat(TokenIdentifier.decode(second.identifier()).keyId()).isEqualTo(2);
        assertThat(tokens.authenticate(first)).isEqualTo("ann");
        pass(Duration.ofDays(20));
        tokens.sweep();
        assertThat(rows(TokenSpaces.TOKEN)).isZero();
        assertThat(rows(TokenSpaces.KEY)).isZero();
        assertThat(tokens.authenticate(tokens.issue(ANN, ""))).isEqualTo("ann");
    }

    @Test
    void whatExpiredGoesWhenOthersAreIssued() {
        for (int i = 0; i < 10; i++) {
            tokens.issue(ANN, "yarn");
        }
        pass(Duration.ofDays(2));
        tokens.issue(ANN, "yarn");
        assertThat(rows(TokenSpaces.TOKEN)).isEqualTo(1);
    }

    @Test
    void aTokenAsTextTellsNothing() {
        Token token = tokens.issue(ANN, "yarn");
        assertThat(token).hasToString("Token");
    }

    @Test
    void namesAreBounded() {
        assertThatThrownBy(() -> tokens.issue(ANN, "x".repeat(1_001))).isInstanceOf(Invalid.class);
    }

    @SeededTest
    void malformedIdentifiersAreRefused(long seed) {
        Generator generator = new Generator(seed);
        byte[] good = tokens.issue(ANN, "yarn").identifier();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatThrownBy(() -> TokenIdentifier.decode(cut)).isInstanceOf(Invalid.class);
        }
        for (int i = 0; i < 200; i++) {
            byte[] damaged = good.clone();
            damaged[generator.between(0, good.length - 1)] = (byte) generator.between(0, 255);
            if (!Arrays.equals(damaged, good)) {
                assertThatThrownBy(() -> tokens.expect(damaged))
                        .isInstanceOfAny(Invalid.class, NotFound.class);
            }
        }
    }

    /** Random calls against a map of when each token ends. */
    @SeededTest
    void tokensDoAsAModel(long seed) {
        Generator generator = new Generator(seed);
        Map<Token, Long> until = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            long now = clock.millis();
            switch (generator.between(0, 5)) {
                case 0 -> until.put(tokens.issue(ANN, "yarn"), now + DAY.toMillis());
                case 1 -> pass(Duration.ofMinutes(generator.between(1, 600)));
                case 2 -> tokens = open();
                default -> {
                    if (!until.isEmpty()) {
                        Token token =
                                until.keySet().stream()
                                        .skip(generator.between(0, until.size() - 1))
                                        .findFirst()
                                        .orElseThrow();
                        act(generator, until, token);
                    }
                }
            }
        }
    }

    private void act(Generator generator, Map<Token, Long> until, Token token) {
        boolean good = until.getOrDefault(token, 0L) > clock.millis();
        boolean renews = generator.between(0, 3) > 0;
        if (!good) {
            requireBad(token);
        } else if (renews) {
            until.put(token, tokens.renew("yarn", token));
            assertThat(tokens.authenticate(token)).isEqualTo("ann");
        } else {
            tokens.cancel("ann", token);
            until.put(token, 0L);
        }
    }
}
