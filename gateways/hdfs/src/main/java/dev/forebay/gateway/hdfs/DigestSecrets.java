package dev.forebay.gateway.hdfs;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.AuthorizeCallback;
import javax.security.sasl.RealmCallback;

/**
 * Answers what DIGEST-MD5 asks of its server.
 *
 * @param passwords of the names that clients give
 */
record DigestSecrets(Passwords passwords) implements CallbackHandler {
    /** Knows what a client must know, too. */
    @FunctionalInterface
    interface Passwords {
        /**
         * The password of a name.
         *
         * @throws IOException when the name is good for nothing
         */
        char[] expect(String name) throws IOException;
    }

    @Override
    public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
        @Nullable String name = null;
        @Nullable PasswordCallback password = null;
        for (Callback callback : callbacks) {
            switch (callback) {
                case NameCallback asked -> name = asked.getDefaultName();
                case PasswordCallback asked -> password = asked;
                case RealmCallback _ -> {}
                case AuthorizeCallback asked -> authorize(asked);
                default -> throw new UnsupportedCallbackException(callback);
            }
        }
        if (name != null && password != null) {
            password.setPassword(passwords.expect(name));
        }
    }

    private static void authorize(AuthorizeCallback asked) {
        if (asked.getAuthenticationID().equals(asked.getAuthorizationID())) {
            asked.setAuthorized(true);
            asked.setAuthorizedID(asked.getAuthorizationID());
        }
    }
}
