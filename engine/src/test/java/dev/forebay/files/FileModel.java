package dev.forebay.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A tree of files as a sorted map of paths; names are one letter, so paths sort like a walk. */
final class FileModel {
    /** What a path has: no content for a directory. */
    private record Entry(Optional<byte[]> content, boolean memoryOnly) {}

    private static final Entry DIRECTORY = new Entry(Optional.empty(), false);

    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final Set<String> lost = new HashSet<>();

    /** The directory that a path is in. */
    static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    boolean exists(String path) {
        return path.equals("/") || entries.containsKey(path);
    }

    boolean isDirectory(String path) {
        return path.equals("/") || DIRECTORY.equals(entries.get(path));
    }

    Optional<byte[]> content(String path) {
        return Optional.ofNullable(entries.get(path)).flatMap(Entry::content);
    }

    boolean isLost(String path) {
        return lost.contains(path);
    }

    Set<String> lost() {
        return Set.copyOf(lost);
    }

    /** Nothing has the name, and no file is in the way of making the parents. */
    boolean canCreate(String path) {
        boolean free = !exists(path);
        for (String above = parent(path); !above.equals("/"); above = parent(above)) {
            free &= !exists(above) || isDirectory(above);
        }
        return free;
    }

    void makeDirectory(String path) {
        for (String at = path; !at.equals("/"); at = parent(at)) {
            entries.put(at, DIRECTORY);
        }
    }

    void write(String path, byte[] content, boolean memoryOnly) {
        makeDirectory(path);
        entries.put(path, new Entry(Optional.of(content), memoryOnly));
    }

    List<String> below(String path) {
        String prefix = path.equals("/") ? "/" : path + "/";
        return entries.keySet().stream().filter(each -> each.startsWith(prefix)).toList();
    }

    List<String> children(String path) {
        return below(path).stream().filter(each -> parent(each).equals(path)).toList();
    }

    void delete(String path) {
        below(path).forEach(this::remove);
        remove(path);
    }

    private void remove(String path) {
        entries.remove(path);
        lost.remove(path);
    }

    boolean canRename(String source, String target) {
        if (!exists(source) || source.equals(target)) {
            return exists(source);
        }
        return !exists(target) && isDirectory(parent(target)) && !target.startsWith(source + "/");
    }

    void rename(String source, String target) {
        Map<String, Entry> moved = new HashMap<>(entries);
        moved.keySet().removeIf(each -> !each.equals(source) && !each.startsWith(source + "/"));
        Set<String> lostThere = new HashSet<>(lost);
        delete(source);
        moved.forEach(
                (path, entry) -> {
                    String now = target + path.substring(source.length());
                    entries.put(now, entry);
                    if (lostThere.contains(path)) {
                        lost.add(now);
                    }
                });
    }

    boolean holdsUnpersisted(String path) {
        String prefix = path + "/";
        return entries.entrySet().stream()
                .filter(each -> each.getKey().equals(path) || each.getKey().startsWith(prefix))
                .anyMatch(each -> each.getValue().memoryOnly());
    }

    /** The node stops: what was in memory only is lost, but for empty files. */
    void loseMemory() {
        entries.forEach(
                (path, entry) -> {
                    if (entry.memoryOnly() && entry.content().orElseThrow().length > 0) {
                        lost.add(path);
                    }
                });
    }
}
