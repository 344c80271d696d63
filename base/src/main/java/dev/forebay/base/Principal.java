package dev.forebay.base;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who makes a request.
 *
 * @param user name, not empty
 * @param groups names of the groups the user belongs to, the primary one first
 * @param superuser whether permission checks are skipped
 * @param authentication how the name was established: {@code simple}, {@code none}, {@code token}
 * @param origin where the request came from: a network address or {@code embedded}
 * @param realUser who acts in the name of the user; empty for the user
 */
public record Principal(
        String user,
        Set<String> groups,
        boolean superuser,
        String authentication,
        String origin,
        String realUser) {
    /** How the name of who came with a delegation token was established. */
    public static final String TOKEN = "token";

    /** Copies the groups and keeps their order. */
    public Principal {
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
    }

    /** A user who acts in no other's name. */
    public Principal(
            String user,
            Set<String> groups,
            boolean superuser,
            String authentication,
            String origin) {
        this(user, groups, superuser, authentication, origin, "");
    }

    /** A user whose name was claimed, with groups, the first of which new files get. */
    public static Principal of(String user, List<String> groups, boolean superuser) {
        return new Principal(user, new LinkedHashSet<>(groups), superuser, "simple", "");
    }

    /** The node itself, for background work. */
    public static Principal node(String user) {
        return new Principal(user, Set.of(user), true, "none", "embedded");
    }

    /** The same user, whose name was established another way. */
    public Principal withAuthentication(String way) {
        return new Principal(user, groups, superuser, way, origin, realUser);
    }

    /** The same user, at another place. */
    public Principal withOrigin(String place) {
        return new Principal(user, groups, superuser, authentication, place, realUser);
    }

    /** The same user, in whose name another acts. */
    public Principal withRealUser(String other) {
        return new Principal(user, groups, superuser, authentication, origin, other);
    }

    /** The group that new files get when their parent names none. */
    public String primaryGroup() {
        return groups.isEmpty() ? user : groups.iterator().next();
    }
}
