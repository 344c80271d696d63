package dev.forebay.gateway.webhdfs;

import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;

import java.util.Optional;

/** Who a request acts as: the protocol's simple authentication, in which a user is a claim. */
final class Callers {
    private final WebHdfsConfig.Identity identity;

    Callers(WebHdfsConfig.Identity identity) {
        this.identity = identity;
    }

    /** Who acts when a request names nobody. */
    Principal nobody() {
        return identity.node();
    }

    /**
     * The caller that {@code user.name} names.
     *
     * @throws RemoteError.Refused for a name that cannot be one
     */
    Principal real(Parameters parameters) {
        return parameters
                .findAny("user.name")
                .map(name -> identity.users().apply(checked("user.name", name)))
                .orElse(identity.node());
    }

    /**
     * Who the caller acts as: the one that {@code doas} names, else itself.
     *
     * @throws RemoteError.Refused for a name that cannot be one, and for acting as another without
     *     the right to
     */
    Principal acting(Principal real, Parameters parameters) {
        Optional<String> other = parameters.text("doas").map(name -> checked("doas", name));
        if (other.isEmpty()) {
            return real;
        }
        if (!identity.proxyUsers().contains(real.user())) {
            String message =
                    "User: " + real.user() + " is not allowed to impersonate " + other.get();
            throw RemoteError.failed(RemoteError.AUTHORIZATION, message).refused();
        }
        return identity.users().apply(other.get());
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
