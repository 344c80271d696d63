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
     * The caller that {@code user.name} and {@code doas} name.
     *
     * @throws RemoteError.Refused for a name that cannot be one, and for acting as another without
     *     the right to
     */
    Principal of(Parameters parameters) {
        String real =
                parameters
                        .findAny("user.name")
                        .map(name -> checked("user.name", name))
                        .orElse(identity.node().user());
        Optional<String> other = parameters.text("doas").map(name -> checked("doas", name));
        if (other.isPresent() && !identity.proxyUsers().contains(real)) {
            String message = "User: " + real + " is not allowed to impersonate " + other.get();
            throw RemoteError.failed(RemoteError.AUTHORIZATION, message).refused();
        }
        return identity.users().apply(other.orElse(real));
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
