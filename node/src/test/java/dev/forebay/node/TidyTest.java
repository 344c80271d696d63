package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * House rules that no compiler checks: lengths, imports, open ends, and format pages that a class
 * owns.
 */
class TidyTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int FILE_LINES_MAX = 800;
    private static final int METHOD_LINES_MAX = 70;
    private static final int LINE_LENGTH_MAX = 100;
    private static final Pattern METHOD_START =
            Pattern.compile("^    (?! )(?!\\*|//|@|}|\\)).*\\)(?: throws [\\w., ]+)? \\{$");
    private static final Pattern OPEN_END =
            Pattern.compile("\\b(TODO|FIXME|XXX)\\b(?!\\(#\\d+\\))");

    private record Source(Path path, List<String> lines) {}

    private static List<Source> sources() {
        try (Stream<Path> tree = Files.walk(ROOT)) {
            return tree.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().contains("/src/"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .map(path -> new Source(ROOT.relativize(path), read(path)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void filesLinesAndMethodsAreShort() {
        List<String> findings = new ArrayList<>();
        for (Source source : sources()) {
            if (source.lines().size() > FILE_LINES_MAX) {
                findings.add(source.path() + ": " + source.lines().size() + " lines");
            }
            int start = -1;
            for (int i = 0; i < source.lines().size(); i++) {
                String line = source.lines().get(i);
                // the name of a foreign class may be longer than a line
                if (line.length() > LINE_LENGTH_MAX && !line.startsWith("import ")) {
                    findings.add(source.path() + ":" + (i + 1) + ": a line of " + line.length());
                }
                if (METHOD_START.matcher(line).matches()) {
                    start = i;
                } else if (line.equals("    }") && start >= 0) {
                    if (i - start > METHOD_LINES_MAX) {
                        findings.add(source.path() + ":" + (start + 1) + ": a long method");
                    }
                    start = -1;
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void noStarImportsAndNoOpenEnds() {
        List<String> findings = new ArrayList<>();
        for (Source source : sources()) {
            for (String line : source.lines()) {
                boolean star = line.startsWith("import ") && line.endsWith(".*;");
                Matcher open = OPEN_END.matcher(line);
                if (star || (open.find() && !source.path().endsWith("TidyTest.java"))) {
                    findings.add(source.path() + ": " + line.strip());
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void everyFormatPageIsNamedByAClass() throws IOException {
        List<Source> sources = sources();
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/formats"))) {
            List<Path> orphans =
                    pages.filter(page -> !namedBy(sources, "docs/formats/" + page.getFileName()))
                            .toList();
            assertThat(orphans).isEmpty();
        }
    }

    private static boolean namedBy(List<Source> sources, String page) {
        return sources.stream()
                .anyMatch(source -> source.lines().stream().anyMatch(line -> line.contains(page)));
    }
}
