package dev.forebay.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a text gives people to paste. */
final class Snippets {
    private static final Path PROJECT = Path.of("..");
    private static final String FENCE = "```";

    private Snippets() {}

    /**
     * The fenced blocks of a page.
     *
     * @param page from the root of the project, such as {@code README.md}
     * @param language as written behind the fence; empty for none
     */
    static List<String> ofPage(String page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Optional<String> inside = Optional.empty();
        List<String> block = new ArrayList<>();
        for (String line : Files.readAllLines(PROJECT.resolve(page))) {
            if (inside.isEmpty() && line.startsWith(FENCE)) {
                inside = Optional.of(line.substring(FENCE.length()));
            } else if (line.equals(FENCE)) {
                inside.filter(language::equals)
                        .ifPresent(_ -> blocks.add(String.join("\n", block)));
                inside = Optional.empty();
                block.clear();
            } else if (inside.isPresent()) {
                block.add(line);
            }
        }
        return blocks;
    }

    /** The indented lines of a node's banner below the line that begins with a word. */
    static String ofBanner(String banner, String word) {
        return banner.lines()
                .dropWhile(line -> !line.startsWith(word))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(line -> line.substring(2))
                .collect(Collectors.joining("\n"));
    }
}
