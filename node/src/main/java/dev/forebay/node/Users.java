package dev.forebay.node;

import dev.forebay.base.Principal;
import dev.forebay.base.Settings;
import dev.forebay.base.error.Invalid;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who clients that name a user are taken for. The one place where users get their groups and become
 * superusers.
 *
 * @param owner the node's own user
 * @param superusers users for whom permissions are not checked, the owner among them
 * @param supergroup whose members are superusers, too
 * @param proxies users that may act for others
 * @param listed groups of users, which count before those that the system knows
 * @param system the system's groups; empty when they do not count
 */
record Users(
        String owner,
        Set<String> superusers,
        Optional<String> supergroup,
        Set<String> proxies,
        Map<String, List<String>> listed,
        Optional<SystemGroups> system) {

    static Users from(Settings settings, String owner) {
        Set<String> superusers = new HashSet<>(settings.list("node.superusers", ""));
        superusers.add(owner);
        return new Users(
                owner,
                superusers,
                settings.find("node.supergroup"),
                Set.copyOf(settings.list("node.proxy-users", "")),
                listed("node.groups", settings.text("node.groups", "")),
                system(settings));
    }

    private static Optional<SystemGroups> system(Settings settings) {
        String key = "node.group-source";
        String source = settings.text(key, "names");
        return switch (source) {
            case "names" -> Optional.empty();
            case "system" -> Optional.of(SystemGroups.ofThisMachine());
            default -> throw new Invalid("setting is neither names nor system", key + "=" + source);
        };
    }

    /** Reads {@code user=group,group;user=group}, the form that Hadoop has for this. */
    private static Map<String, List<String>> listed(String key, String text) {
        Map<String, List<String>> groups = new HashMap<>();
        for (String entry : text.split(";", -1)) {
            String[] sides = entry.strip().split("=", -1);
            if (entry.isBlank()) {
                continue;
            }
            if (sides.length != 2 || sides[0].isBlank()) {
                throw new Invalid("setting is not user=group,group;user=group", key + "=" + entry);
            }
            List<String> names =
                    Arrays.stream(sides[1].split(",", -1))
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .toList();
            if (groups.put(sides[0].strip(), names) != null) {
                throw new Invalid("setting names a user twice", key + "=" + entry);
            }
        }
        return Map.copyOf(groups);
    }

    /** The principal of a user name that a client claims, or came with a token of. */
    Principal principal(String user) {
        List<String> known = known(user);
        boolean superuser =
                superusers.contains(user) || supergroup.filter(known::contains).isPresent();
        return Principal.of(user, known.isEmpty() ? List.of(user) : known, superuser);
    }

    /**
     * What is known of the user's groups, the first of which new files get. The group of the user's
     * own name that stands in where nothing is known makes nobody a superuser: clients choose their
     * names.
     */
    private List<String> known(String user) {
        List<String> named = listed.get(user);
        if (named != null) {
            return named;
        }
        return system.map(groups -> groups.of(user)).orElse(List.of());
    }
}
