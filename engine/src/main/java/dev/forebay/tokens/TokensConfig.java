package dev.forebay.tokens;

import dev.forebay.base.Settings;
import dev.forebay.base.error.Invalid;

import java.time.Duration;

/**
 * Settings of delegation tokens.
 *
 * @param lifetimeMax how long after its issue a token can be renewed at all, 1 ms or more
 * @param renewInterval how long a token is good for after its issue and after each renewal, 1 ms up
 *     to the life time
 */
public record TokensConfig(Duration lifetimeMax, Duration renewInterval) {
    /** As a real NameNode has it. */
    public static final TokensConfig DEFAULT =
            new TokensConfig(Duration.ofDays(7), Duration.ofDays(1));

    /** Checks the ranges. */
    public TokensConfig {
        if (renewInterval.toMillis() < 1 || renewInterval.compareTo(lifetimeMax) > 0) {
            throw new Invalid(
                    "delegation.renew-interval is not from 1 ms to delegation.lifetime-max",
                    renewInterval);
        }
    }

    /**
     * Reads the keys {@code delegation.*}.
     *
     * @throws Invalid for a value out of its range
     */
    public static TokensConfig from(Settings settings) {
        return new TokensConfig(
                settings.duration("delegation.lifetime-max", DEFAULT.lifetimeMax()),
                settings.duration("delegation.renew-interval", DEFAULT.renewInterval()));
    }
}
