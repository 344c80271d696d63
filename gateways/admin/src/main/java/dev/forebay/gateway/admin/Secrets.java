package dev.forebay.gateway.admin;

import java.util.List;
import java.util.Locale;

/** Keeps secrets out of what is shown. */
final class Secrets {
    private static final List<String> TELLING_WORDS =
            List.of("secret", "password", "passwd", "token", "credential", "access-key", "private");

    private static final String HIDDEN = "***";

    private Secrets() {}

    /** The value of a setting, hidden when its name tells that it is a secret. */
    static String shown(String key, String value) {
        String lower = key.toLowerCase(Locale.ROOT);
        return TELLING_WORDS.stream().anyMatch(lower::contains) ? HIDDEN : withoutUser(value);
    }

    /** A URI without the user and password that may stand before its host. */
    static String withoutUser(String uri) {
        return uri.replaceAll("://[^/@]*@", "://" + HIDDEN + "@");
    }
}
