package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.tokens.DelegationTokens;
import dev.forebay.tokens.TokenUrl;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who a request acts as: the owner of the delegation token that it carries, else, in the protocol's
 * simple authentication, whom it claims.
 */
final class Callers {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1");

    private final WebHdfsConfig.Identity identity;
    private final DelegationTokens tokens;

    Callers(WebHdfsConfig.Identity identity, DelegationTokens tokens) {
        this.identity = identity;
        this.tokens = tokens;
    }

    /** Who acts when a request names nobody. */
    Principal nobody() {
        return identity.node();
    }

    /**
     * The caller that {@code delegation} proves or {@code user.name} names.
     *
     * @param origin where the request came from
     * @throws RemoteError.Refused for a name that cannot be one, for a token that is not good, and
     *     for none where one is required
     */
    Principal real(Parameters parameters, String origin) {
        Optional<String> named =
                parameters.findAny("user.name").map(name -> checked("user.name", name));
        Optional<String> token = parameters.text("delegation");
        if (token.isPresent()) {
            return owner(token.get(), named);
        }
        if (identity.tokensRequired() && !asksForToken(parameters, named, origin)) {
            throw RemoteError.unauthorized(RemoteError.SECURITY, "a delegation token is required")
                    .refused();
        }
        return named.map(identity.users()).orElse(identity.node());
    }

    private Principal owner(String token, Optional<String> named) {
        try {
            String owner = tokens.authenticate(TokenUrl.decode(token));
            if (named.isPresent() && !named.get().equals(owner)) {
                throw RemoteError.failed(RemoteError.IO, "Usernames not matched").refused();
            }
            return identity.users().apply(owner).withAuthentication(Principal.TOKEN);
        } catch (NotFound | Invalid | PermissionDenied e) {
            throw RemoteError.unauthorized(RemoteError.INVALID_TOKEN, e.reason()).refused();
        }
    }

    /** Who renews or cancels a token has it; to whom one is issued is a setting. */
    private boolean asksForToken(Parameters parameters, Optional<String> named, String origin) {
        String operation = parameters.text("op").orElse("").toUpperCase(Locale.ROOT);
        boolean fine =
                !operation.equals(Tokens.ISSUE)
                        || named.filter(identity.issuedTo()::contains).isPresent();
        return fine && Tokens.OPERATIONS.contains(operation) && LOOPBACK.contains(origin);
    }

    /**
     * Who the caller acts as: the one that {@code doas} names, else itself.
     *
     * @throws RemoteError.Refused for a name that cannot be one, and for acting as another without
     *     the right to
     */
    Principal acting(Principal real, Parameters parameters) {
        Optional<String> other = parameters.text("doas").map(name -> checked("doas", name));
        if (other.isEmpty() || other.get().equals(real.user())) {
            return real;
        }
        if (real.authentication().equals(Principal.TOKEN)) {
            throw RemoteError.failed(RemoteError.IO, "Usernames not matched").refused();
        }
        if (!identity.proxyUsers().contains(real.user())) {
            String message =
                    "User: " + real.user() + " is not allowed to impersonate " + other.get();
            throw RemoteError.failed(RemoteError.AUTHORIZATION, message).refused();
        }
        return identity.users().apply(other.get()).withRealUser(real.user());
    }

    /** A user's name is also that of a home directory. */
    private static String checked(String parameter, String user) {
        try {
            return Name.of(user).toString();
        } catch (Invalid e) {
            throw Parameters.wrong(parameter, "\"" + user + "\"", "no user: " + e.reason());
        }
    }
}
