package dev.forebay.client;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns over paths. {@code *} stands for any characters of one name, {@code ?} for one of them,
 * {@code [a-z]} for one of a set and {@code [!a-z]} for one outside it; a name that is {@code **}
 * for any number of directories. A backslash takes the next character as it is. Names that begin
 * with a dot are matched like all others.
 */
public final class Glob {
    private Glob() {}

    /** Whether the text holds any character with a meaning here. */
    public static boolean isPattern(String text) {
        return text.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    /**
     * Whether a path matches.
     *
     * @param pattern absolute
     * @param path absolute
     */
    public static boolean matches(String pattern, String path) {
        return matches(names(pattern), names(path));
    }

    /** The names of a path, without empty ones. */
    static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return names;
    }

    private static boolean matches(List<String> patterns, List<String> names) {
        if (patterns.isEmpty()) {
            return names.isEmpty();
        }
        List<String> rest = patterns.subList(1, patterns.size());
        if (!patterns.getFirst().equals("**")) {
            return !names.isEmpty()
                    && name(patterns.getFirst()).matcher(names.getFirst()).matches()
                    && matches(rest, names.subList(1, names.size()));
        }
        for (int taken = 0; taken <= names.size(); taken++) {
            if (matches(rest, names.subList(taken, names.size()))) {
                return true;
            }
        }
        return false;
    }

    /** The text that a pattern without meaning stands for. */
    static String literal(String pattern) {
        return pattern.replaceAll("\\\\(.)", "$1");
    }

    /**
     * The pattern of one name.
     *
     * @throws FilesException.InvalidArgument when a set is not closed or makes no sense
     */
    static Pattern name(String pattern) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                int end = setEnd(pattern, i);
                regex.append(set(pattern.substring(i + 1, end)));
                i = end;
            } else if (c == '\\' && i + 1 < pattern.length()) {
                i++;
                quote(regex, pattern.charAt(i));
            } else {
                quote(regex, c);
            }
            i++;
        }
        try {
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "not a pattern", pattern, e);
        }
    }

    /** A closing bracket right at the start of a set is a member of it. */
    private static int setEnd(String pattern, int open) {
        int first = open + 1;
        if (first < pattern.length() && "!^".indexOf(pattern.charAt(first)) >= 0) {
            first++;
        }
        int end = pattern.indexOf(']', first + 1);
        if (end < 0) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "a set is not closed", pattern);
        }
        return end;
    }

    private static String set(String members) {
        boolean outside = members.startsWith("!") || members.startsWith("^");
        StringBuilder regex = new StringBuilder(outside ? "[^" : "[");
        for (char c : members.substring(outside ? 1 : 0).toCharArray()) {
            if ("[]\\^&~".indexOf(c) >= 0) {
                regex.append('\\');
            }
            regex.append(c);
        }
        return regex.append(']').toString();
    }

    private static void quote(StringBuilder regex, char c) {
        if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }
}
