package dev.forebay.client;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Expands patterns level by level: only directories that can hold a match are listed. */
final class GlobWalk {
    private final FileClient files;

    GlobWalk(FileClient files) {
        this.files = files;
    }

    List<String> expand(String pattern) {
        SortedSet<String> found = new TreeSet<>();
        expand("", Glob.names(pattern), found);
        return List.copyOf(found);
    }

    private void expand(String directory, List<String> patterns, SortedSet<String> found) {
        if (patterns.isEmpty()) {
            found.add(directory.isEmpty() ? "/" : directory);
            return;
        }
        String first = patterns.getFirst();
        List<String> rest = patterns.subList(1, patterns.size());
        if (first.equals("**")) {
            expandAnyDepth(directory, patterns, found);
        } else if (Glob.isPattern(first)) {
            expandName(directory, Glob.name(first), rest, found);
        } else {
            String path = directory + "/" + first;
            if (!rest.isEmpty() || files.find(path).isPresent()) {
                expand(path, rest, found);
            }
        }
    }

    private void expandName(
            String directory, Pattern name, List<String> rest, SortedSet<String> found) {
        for (FileStatus child : children(directory)) {
            boolean fits = rest.isEmpty() || child.directory();
            if (fits && name.matcher(child.name()).matches()) {
                expand(directory + "/" + child.name(), rest, found);
            }
        }
    }

    private void expandAnyDepth(String directory, List<String> patterns, SortedSet<String> found) {
        List<String> rest = patterns.subList(1, patterns.size());
        if (!rest.isEmpty()) {
            expand(directory, rest, found);
        }
        for (FileStatus child : children(directory)) {
            String path = directory + "/" + child.name();
            if (rest.isEmpty()) {
                found.add(path);
            }
            if (child.directory()) {
                expandAnyDepth(path, patterns, found);
            }
        }
    }

    private List<FileStatus> children(String directory) {
        try (Stream<FileStatus> listed = files.list(directory.isEmpty() ? "/" : directory)) {
            return listed.toList();
        } catch (FilesException.NotFound | FilesException.InvalidArgument e) {
            // vanished meanwhile, or a file where a directory would have to be
            return List.of();
        }
    }
}
