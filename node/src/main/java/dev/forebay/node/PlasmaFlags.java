package dev.forebay.node;

import dev.forebay.base.error.Invalid;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The flags of {@code plasma_store}, as gflags reads them: one dash or two, the value behind an
 * equals sign or as the next argument, the last of several wins.
 *
 * @param capacity {@code -m}: bytes of data and metadata of all objects together
 * @param socket {@code -s}: where to listen
 * @param folder {@code -d}: where the shared file is made, empty for one without a name
 * @param hugePages {@code -h}: that the folder is on a file system of huge pages
 * @param external {@code -e}: where evicted objects were to go
 */
record PlasmaFlags(
        long capacity,
        Path socket,
        Optional<Path> folder,
        boolean hugePages,
        Optional<String> external) {
    /** What the flags mean, for people. */
    static final String USAGE =
            """
            Usage: forebay plasma-store -m BYTES -s PATH [-d DIR] [-e ENDPOINT] [-h]
            Serves shared-memory objects to Plasma clients, and nothing else, until it is stopped.
              -m BYTES     bytes of all objects together, digits only
              -s PATH      the socket; one that is there is replaced
              -d DIR       folder of the shared file (default: memory without a name)
              -e ENDPOINT  file:///DIR keeps evicted objects in a folder of its own;
                           anything else in a temporary one
              -h           huge pages; -d must be on a hugetlbfs
            """;

    private static final String FOLDER = "file://";
    private static final Set<String> WITH_VALUE = Set.of("m", "s", "d", "e");
    private static final Set<String> TRUE = Set.of("true", "t", "1", "yes", "y");
    private static final Set<String> FALSE = Set.of("false", "f", "0", "no", "n");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /** Whether the arguments ask what they may be. */
    static boolean askForHelp(List<String> arguments) {
        return arguments.contains("--help") || arguments.contains("-help");
    }

    /**
     * Reads the arguments.
     *
     * @throws Invalid for an unknown flag, one without its value, and a required one that is not
     *     there
     */
    static PlasmaFlags parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        Iterator<String> rest = new ArrayList<>(arguments).iterator();
        while (rest.hasNext()) {
            read(rest.next(), rest, values);
        }
        PlasmaFlags flags =
                new PlasmaFlags(
                        capacity(required(values, "m", "the memory for objects in bytes")),
                        Path.of(required(values, "s", "the path of the socket")),
                        Optional.ofNullable(values.get("d")).map(Path::of),
                        truth(values.getOrDefault("h", "false")),
                        Optional.ofNullable(values.get("e")));
        if (flags.hugePages && flags.folder.isEmpty()) {
            throw new Invalid("huge pages need a folder on a hugetlbfs, name it with", "-d");
        }
        return flags;
    }

    /** The folder for evicted objects; empty when none is named. */
    Optional<Path> spill() {
        return external.filter(endpoint -> endpoint.startsWith(FOLDER + "/"))
                .map(endpoint -> Path.of(endpoint.substring(FOLDER.length())));
    }

    private static void read(String argument, Iterator<String> rest, Map<String, String> values) {
        if (!argument.startsWith("-") || argument.equals("-") || argument.equals("--")) {
            throw new Invalid("not a flag", argument);
        }
        String flag = argument.substring(argument.startsWith("--") ? 2 : 1);
        int equals = flag.indexOf('=');
        String name = equals < 0 ? flag : flag.substring(0, equals);
        if (name.equals("h") || name.equals("noh")) {
            String absent = name.equals("h") ? "true" : "false";
            values.put("h", equals < 0 ? absent : flag.substring(equals + 1));
        } else if (!WITH_VALUE.contains(name)) {
            throw new Invalid("unknown flag", argument);
        } else if (equals >= 0) {
            values.put(name, flag.substring(equals + 1));
        } else if (rest.hasNext()) {
            values.put(name, rest.next());
        } else {
            throw new Invalid("the flag needs a value", argument);
        }
    }

    private static String required(Map<String, String> values, String name, String meaning) {
        String value = values.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new Invalid("required flag is missing", "-" + name + ", " + meaning);
        }
        return value;
    }

    private static long capacity(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new Invalid("-m takes bytes in digits only", text);
        }
        return Long.parseLong(text);
    }

    private static boolean truth(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw new Invalid("-h is true or false", text);
        }
        return TRUE.contains(text);
    }
}
