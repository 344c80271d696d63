package dev.forebay.tokens;

import dev.forebay.base.Clock;
import dev.forebay.base.Hmac;
import dev.forebay.base.Principal;
import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.meta.KeyRange;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;
import dev.forebay.meta.Transaction;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * Issues tokens, renews, cancels and checks them. Safe for use by many threads.
 *
 * <ul>
 *   <li>What was answered is durable: a token that was given out is good after any crash, one that
 *       was cancelled is not.
 *   <li>A token is good as long as its row is there, the time in it has not come, and its password
 *       was made with the key that it names.
 *   <li>A key is there as long as a token that was made with it can be renewed; passwords are not
 *       stored.
 *   <li>Rows of tokens that are good no more go when tokens are issued, and at the start.
 * </ul>
 */
public final class DelegationTokens {
    private static final int SECRET_LENGTH = 20;

    /** How long new tokens are made with the same key, as a real NameNode has it. */
    private static final Duration KEY_INTERVAL = Duration.ofDays(1);

    private static final Duration SWEEP_PAUSE = Duration.ofHours(1);

    /** Tokens issued while the oldest of them is still good. */
    private static final int TOKENS_MAX = 100_000;

    private final MetaStore store;
    private final Clock clock;
    private final Randomness random;
    private final TokensConfig config;
    private final AtomicLong sweptMillis = new AtomicLong();

    private DelegationTokens(MetaStore store, Clock clock, Randomness random, TokensConfig config) {
        this.store = store;
        this.clock = clock;
        this.random = random;
        this.config = config;
    }

    /**
     * Takes up what is stored.
     *
     * @param store has the spaces of {@link TokenSpaces}
     * @param random for keys; nobody may be able to predict it
     */
    public static DelegationTokens open(
            MetaStore store, Clock clock, Randomness random, TokensConfig config) {
        DelegationTokens tokens = new DelegationTokens(store, clock, random, config);
        tokens.sweep();
        return tokens;
    }

    /**
     * Issues a token of the caller, which names who acted for it.
     *
     * @param renewer user that may renew it; empty for nobody
     * @throws PermissionDenied when the caller came with a token itself: it could not end then
     * @throws Invalid for a name that is too long
     * @throws QuotaExceeded when too many tokens are good
     */
    public Token issue(Principal caller, String renewer) {
        if (caller.authentication().equals(Principal.TOKEN)) {
            throw new PermissionDenied(
                    "a token is not issued to who comes with one", caller.user());
        }
        if (clock.millis() - sweptMillis.get() > SWEEP_PAUSE.toMillis()) {
            sweep();
        }
        return store.transact(tx -> issue(tx, caller, renewer));
    }

    private Token issue(Transaction tx, Principal caller, String renewer) {
        // its lock lets issues run one after the other, also the making of keys
        int sequence =
                tx.getForUpdate(TokenSpaces.SEQUENCE, TokenSpaces.ONLY)
                                .map(TokenSpaces::number)
                                .orElse(0)
                        + 1;
        if (sequence - first(tx) > TOKENS_MAX) {
            throw new QuotaExceeded("too many tokens", TOKENS_MAX);
        }
        long now = clock.millis();
        long max = now + config.lifetimeMax().toMillis();
        int keyId = currentKey(tx, now, max);
        byte[] identifier =
                new TokenIdentifier(
                                caller.user(),
                                renewer,
                                caller.realUser(),
                                now,
                                max,
                                sequence,
                                keyId)
                        .encode();
        long until = now + config.renewInterval().toMillis();
        tx.put(TokenSpaces.SEQUENCE, TokenSpaces.ONLY, TokenSpaces.key(sequence));
        tx.put(
                TokenSpaces.TOKEN,
                TokenSpaces.key(sequence),
                new TokenSpaces.Row(identifier, until).encode());
        return new Token(identifier, password(key(tx, keyId).orElseThrow(), identifier));
    }

    /** The sequence of the oldest token that is stored. */
    private static int first(Reader reader) {
        int[] found = {Integer.MAX_VALUE};
        reader.scan(
                TokenSpaces.TOKEN,
                KeyRange.all(),
                (key, _) -> {
                    found[0] = TokenSpaces.number(key);
                    return false;
                });
        return found[0];
    }

    /** The newest key, if it may make one more token that can live until {@code max}. */
    private int currentKey(Transaction tx, long now, long max) {
        int[] last = {0};
        boolean[] usable = {false};
        tx.scan(
                TokenSpaces.KEY,
                KeyRange.all(),
                (id, value) -> {
                    TokenSpaces.Key key = TokenSpaces.Key.decode(value);
                    last[0] = TokenSpaces.number(id);
                    usable[0] =
                            now - key.madeMillis() < KEY_INTERVAL.toMillis()
                                    && max <= key.untilMillis();
                    return true;
                });
        return usable[0] ? last[0] : makeKey(tx, last[0] + 1, now);
    }

    private int makeKey(Transaction tx, int id, long now) {
        long until = now + KEY_INTERVAL.plus(config.lifetimeMax()).toMillis();
        TokenSpaces.Key key = new TokenSpaces.Key(random.bytes(SECRET_LENGTH), now, until);
        tx.put(TokenSpaces.KEY, TokenSpaces.key(id), key.encode());
        return id;
    }

    private static Optional<TokenSpaces.Key> key(Reader reader, int id) {
        return reader.get(TokenSpaces.KEY, TokenSpaces.key(id)).map(TokenSpaces.Key::decode);
    }

    private static byte[] password(TokenSpaces.Key key, byte[] identifier) {
        return Hmac.SHA1.of(key.secret(), identifier);
    }

    /**
     * Lets a token be good for longer.
     *
     * @param renewer user who asks
     * @return until when it is good, in milliseconds since 1970
     * @throws PermissionDenied when the token names another renewer, or its password is wrong
     * @throws NotFound when it was cancelled or has expired
     * @throws Invalid when it is malformed
     */
    public long renew(String renewer, Token token) {
        TokenIdentifier identifier = TokenIdentifier.decode(token.identifier());
        if (identifier.renewer().isEmpty() || !identifier.renewer().equals(renewer)) {
            throw new PermissionDenied("the token names another renewer", renewer);
        }
        return store.transact(
                tx -> {
                    requireProven(tx, identifier, token);
                    long until =
                            Math.min(
                                    identifier.maxMillis(),
                                    clock.millis() + config.renewInterval().toMillis());
                    tx.put(
                            TokenSpaces.TOKEN,
                            TokenSpaces.key(identifier.sequence()),
                            new TokenSpaces.Row(token.identifier(), until).encode());
                    return until;
                });
    }

    /**
     * Ends a token.
     *
     * @param caller user who asks: its owner or its renewer
     * @throws PermissionDenied when it is another, or the password is wrong
     * @throws NotFound when it was cancelled already or has expired
     * @throws Invalid when it is malformed
     */
    public void cancel(String caller, Token token) {
        TokenIdentifier identifier = TokenIdentifier.decode(token.identifier());
        if (!caller.equals(identifier.owner()) && !caller.equals(identifier.renewer())) {
            throw new PermissionDenied("the token is of another user", caller);
        }
        store.update(
                tx -> {
                    requireProven(tx, identifier, token);
                    tx.delete(TokenSpaces.TOKEN, TokenSpaces.key(identifier.sequence()));
                });
    }

    private void requireProven(Transaction tx, TokenIdentifier identifier, Token token) {
        tx.getForUpdate(TokenSpaces.TOKEN, TokenSpaces.key(identifier.sequence()));
        if (!token.provenBy(password(tx, identifier, token.identifier()))) {
            throw new PermissionDenied("the password of the token is wrong", "");
        }
    }

    /**
     * Whom a token acts for.
     *
     * @throws NotFound when it was cancelled or has expired
     * @throws PermissionDenied when the password is wrong
     * @throws Invalid when it is malformed
     */
    public String authenticate(Token token) {
        TokenIdentifier identifier = TokenIdentifier.decode(token.identifier());
        if (!token.provenBy(expect(token.identifier()))) {
            throw new PermissionDenied("the password of the token is wrong", "");
        }
        return identifier.owner();
    }

    /**
     * The password that who comes with an identifier must know, to compare with what is shown of
     * it. A secret.
     *
     * @throws NotFound when the token was cancelled or has expired
     * @throws Invalid when it is malformed
     */
    public byte[] expect(byte[] identifier) {
        TokenIdentifier decoded = TokenIdentifier.decode(identifier);
        return store.read(reader -> password(reader, decoded, identifier));
    }

    private byte[] password(Reader reader, TokenIdentifier decoded, byte[] identifier) {
        long now = clock.millis();
        boolean good =
                reader.get(TokenSpaces.TOKEN, TokenSpaces.key(decoded.sequence()))
                        .map(TokenSpaces.Row::decode)
                        .filter(row -> Arrays.equals(row.identifier(), identifier))
                        .filter(row -> row.untilMillis() > now)
                        .isPresent();
        if (!good) {
            throw new NotFound("token was cancelled or has expired", decoded.sequence());
        }
        return key(reader, decoded.keyId())
                .map(key -> password(key, identifier))
                .orElseThrow(
                        () -> new NotFound("the key of the token is gone", decoded.sequence()));
    }

    /** Removes tokens that are good no more, and keys that none needs. */
    void sweep() {
        long now = clock.millis();
        sweptMillis.set(now);
        Map<Integer, Long> tokens = new HashMap<>();
        Map<Integer, Long> keys = new HashMap<>();
        store.visit(
                reader -> {
                    reader.scan(
                            TokenSpaces.TOKEN,
                            KeyRange.all(),
                            into(tokens, value -> TokenSpaces.Row.decode(value).untilMillis()));
                    reader.scan(
                            TokenSpaces.KEY,
                            KeyRange.all(),
                            into(keys, value -> TokenSpaces.Key.decode(value).untilMillis()));
                });
        remove(TokenSpaces.TOKEN, tokens, now);
        remove(TokenSpaces.KEY, keys, now);
    }

    /** Gathers until when each row is good. */
    private static Reader.Visitor into(
            Map<Integer, Long> untilMillis, ToLongFunction<byte[]> until) {
        return (key, value) -> {
            untilMillis.put(TokenSpaces.number(key), until.applyAsLong(value));
            return true;
        };
    }

    private void remove(Space space, Map<Integer, Long> untilMillis, long now) {
        untilMillis.forEach(
                (number, until) -> {
                    if (until <= now) {
                        store.update(tx -> removeOld(tx, space, number, now));
                    }
                });
    }

    /** Looks again under a lock: it may have been renewed since. */
    private static void removeOld(Transaction tx, Space space, int number, long now) {
        byte[] key = TokenSpaces.key(number);
        boolean old =
                tx.getForUpdate(space, key)
                        .filter(
                                value ->
                                        space.equals(TokenSpaces.KEY)
                                                || TokenSpaces.Row.decode(value).untilMillis()
                                                        <= now)
                        .isPresent();
        if (old) {
            tx.delete(space, key);
        }
    }
}
