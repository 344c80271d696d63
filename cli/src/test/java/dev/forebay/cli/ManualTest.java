package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** That the manual shows every option of every command. */
class ManualTest {
    /** Options of all commands, which the manual names once. */
    private static final Set<String> SHARED = Set.of("--node", "--json", "--help", "--socket");

    private String manual = "";

    @BeforeEach
    void read() throws IOException {
        manual = Files.readString(Path.of("../docs/cli.md"));
    }

    @Test
    void everyOptionIsShown() {
        SHARED.forEach(name -> assertThat(shows(manual, name)).as(name).isTrue());
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        ByteArrayInputStream nothing = new ByteArrayInputStream(new byte[0]);
        Commands.all(new Console(nothing, nowhere, nowhere, Map.of(), false))
                .getSubcommands()
                .forEach(this::requireShown);
    }

    private void requireShown(String name, CommandLine command) {
        String synopsis = synopsis(name);
        for (OptionSpec option : command.getCommandSpec().options()) {
            List<String> names = List.of(option.names());
            if (Collections.disjoint(names, SHARED)) {
                assertThat(names).as(name).anyMatch(each -> shows(synopsis, each));
            }
        }
        command.getSubcommands().forEach((below, each) -> requireShown(name + " " + below, each));
    }

    /** How the manual writes a command, with the write options where it has them. */
    private String synopsis(String name) {
        Matcher found = Pattern.compile("`" + name + "(`| [^`]*`)").matcher(manual);
        assertThat(found.find()).as(name).isTrue();
        boolean writes = found.group().contains("WRITE OPTIONS");
        return writes ? found.group() + writeOptions() : found.group();
    }

    private String writeOptions() {
        int begin = manual.indexOf("- Write options");
        return manual.substring(begin, manual.indexOf("\n- ", begin));
    }

    private static boolean shows(String text, String option) {
        return Pattern.compile("(?<![-\\w])" + option + "(?![-\\w])").matcher(text).find();
    }
}
