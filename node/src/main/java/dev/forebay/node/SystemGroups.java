package dev.forebay.node;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups that this machine's own files give to users: that of {@code passwd} first, then those
 * of {@code group} that name the user. The files are read again when they have changed; while they
 * cannot be read, what was read before counts. What a directory server knows is not seen. Safe for
 * use by many threads.
 */
final class SystemGroups {
    private static final Logger LOG = LoggerFactory.getLogger(SystemGroups.class);

    /** A file that is longer is none of users. */
    private static final long LENGTH_MAX = 16 << 20;

    private static final String SEPARATOR = ":";

    private final Path users;
    private final Path groups;
    private volatile Known known = new Known(List.of(), Map.of());

    /**
     * What was read.
     *
     * @param stamps of both files then
     * @param groups of each user
     */
    private record Known(List<Stamp> stamps, Map<String, List<String>> groups) {}

    /** What tells one state of a file from another. */
    private record Stamp(long modifiedMillis, long length, String key) {
        static Stamp of(Path file) throws IOException {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime().toMillis(),
                    attributes.size(),
                    String.valueOf(attributes.fileKey()));
        }
    }

    SystemGroups(Path users, Path groups) {
        this.users = users;
        this.groups = groups;
    }

    static SystemGroups ofThisMachine() {
        return new SystemGroups(Path.of("/etc/passwd"), Path.of("/etc/group"));
    }

    /** The groups of a user, the primary one first; empty when the machine does not know it. */
    List<String> of(String user) {
        try {
            List<Stamp> stamps = List.of(Stamp.of(users), Stamp.of(groups));
            if (!stamps.equals(known.stamps())) {
                known = new Known(stamps, read());
            }
        } catch (IOException e) {
            LOG.warn("groups not read, those known before count users={}", users, e);
        }
        return known.groups().getOrDefault(user, List.of());
    }

    /** Lines are {@code user:x:id:group-id:…} and {@code group:x:id:user,user}. */
    private Map<String, List<String>> read() throws IOException {
        Map<String, String> names = new HashMap<>();
        Map<String, List<String>> members = new HashMap<>();
        for (String line : lines(groups)) {
            String[] fields = line.split(SEPARATOR, -1);
            if (fields.length >= 4) {
                names.put(fields[2], fields[0]);
                for (String user : fields[3].split(",", -1)) {
                    members.computeIfAbsent(user.strip(), _ -> new ArrayList<>()).add(fields[0]);
                }
            }
        }
        Map<String, List<String>> all = new HashMap<>();
        for (String line : lines(users)) {
            String[] fields = line.split(SEPARATOR, -1);
            if (fields.length >= 4) {
                List<String> primary =
                        names.containsKey(fields[3]) ? List.of(names.get(fields[3])) : List.of();
                all.put(fields[0], joined(primary, members.getOrDefault(fields[0], List.of())));
            }
        }
        return Map.copyOf(all);
    }

    private static List<String> joined(List<String> primary, List<String> others) {
        List<String> all = new ArrayList<>(primary);
        others.stream().filter(name -> !all.contains(name)).forEach(all::add);
        return List.copyOf(all);
    }

    private static List<String> lines(Path file) throws IOException {
        if (Files.size(file) > LENGTH_MAX) {
            throw new IOException("file is too long: " + file);
        }
        // names are bytes to the system; those that are not text match nobody
        return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    }
}
