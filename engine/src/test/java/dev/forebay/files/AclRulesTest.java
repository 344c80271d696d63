package dev.forebay.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Changes of access control lists, compared with what a real NameNode made of the same. */
class AclRulesTest {
    private static final FileStatus.Access PLAIN = new FileStatus.Access("ann", "staff", 0640);

    /** A directory or file that the recorded changes are applied to. */
    private boolean directory;

    private FileStatus.Access access = PLAIN;
    private int compared;

    @Test
    void changesEndAsHadoopEndsThem() throws IOException {
        try (InputStream resource =
                        AclRulesTest.class.getResourceAsStream("/acl-changes-of-hadoop.txt");
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().filter(line -> !line.startsWith("#")).toList();
            for (String line : lines) {
                replay(line);
            }
        }
        assertThat(compared).isGreaterThan(250);
    }

    private void replay(String line) {
        String[] words = line.split(" ", -1);
        String told = words.length > 4 ? words[3] + " " + words[4] : words[words.length - 1];
        switch (words[0]) {
            case "new" -> {
                directory = words[1].equals("directory");
                access = new FileStatus.Access("ann", "staff", Integer.parseInt(words[2], 8));
            }
            case "child" -> {
                FileStatus.Access asked =
                        new FileStatus.Access("ann", "staff", Integer.parseInt(words[2], 8));
                boolean below = words[1].equals("directory");
                assertThat(text(AclRules.inherit(access, asked, below))).as(line).isEqualTo(told);
                compared++;
            }
            default -> {
                String outcome = "ok";
                try {
                    access = changed(words[0], words[1]);
                } catch (Invalid e) {
                    outcome = "AclException";
                }
                assertThat(outcome + " " + text(access))
                        .as(line)
                        .isEqualTo(words[2] + " " + (words.length > 4 ? told : words[3]));
                compared++;
            }
        }
    }

    private FileStatus.Access changed(String operation, String argument) {
        return switch (operation) {
            case "SETPERMISSION" ->
                    new FileStatus.Access(
                            "ann", "staff", Integer.parseInt(argument, 8), access.acl());
            case "MODIFYACLENTRIES" -> change(new Acl.Change.Merge(entries(argument)));
            case "REMOVEACLENTRIES" -> change(new Acl.Change.Remove(entries(argument)));
            case "SETACL" -> change(new Acl.Change.Replace(entries(argument)));
            case "REMOVEDEFAULTACL" -> change(new Acl.Change.RemoveDefaults());
            case "REMOVEACL" -> change(new Acl.Change.Clear());
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private FileStatus.Access change(Acl.Change change) {
        return AclRules.change(access, directory, change);
    }

    private static String text(FileStatus.Access access) {
        String entries =
                access.acl().entries().stream()
                        .map(Acl.Entry::text)
                        .collect(Collectors.joining(","));
        return (Integer.toOctalString(access.mode()) + " " + entries).strip();
    }

    static List<Acl.Entry> entries(String texts) {
        return Arrays.stream(texts.split(",")).map(AclRulesTest::entry).toList();
    }

    /** Reads what {@link Acl.Entry#text} writes. */
    private static Acl.Entry entry(String text) {
        boolean ofDefault = text.startsWith("default:");
        String[] parts = (ofDefault ? text.substring(8) : text).split(":", -1);
        String rights = parts[2].isEmpty() ? "---" : parts[2];
        return new Acl.Entry(
                ofDefault ? Acl.Scope.DEFAULT : Acl.Scope.ACCESS,
                Acl.Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts[1],
                (rights.charAt(0) == 'r' ? 4 : 0)
                        + (rights.charAt(1) == 'w' ? 2 : 0)
                        + (rights.charAt(2) == 'x' ? 1 : 0));
    }

    @Test
    void stickyBitOwnerAndGroupStay() {
        FileStatus.Access sticky = new FileStatus.Access("ann", "staff", 01751);
        FileStatus.Access after =
                AclRules.change(
                        sticky, true, new Acl.Change.Merge(entries("user:bob:rwx,mask::r--")));
        assertThat(after)
                .isEqualTo(
                        new FileStatus.Access(
                                "ann",
                                "staff",
                                01741,
                                new Acl(entries("user:bob:rwx,group::r-x"))));
        assertThat(AclRules.change(after, true, new Acl.Change.Clear())).isEqualTo(sticky);
    }

    @Test
    void listsHaveAnEnd() {
        List<Acl.Entry> many =
                IntStream.range(0, Acl.ENTRIES_MAX - 4)
                        .mapToObj(i -> entry("user:u" + i + ":r--"))
                        .toList();
        FileStatus.Access full = AclRules.change(PLAIN, false, new Acl.Change.Merge(many));
        assertThat(Acl.full(full)).hasSize(Acl.ENTRIES_MAX);
        assertThatThrownBy(
                        () ->
                                AclRules.change(
                                        full,
                                        false,
                                        new Acl.Change.Merge(entries("group:crew:r--"))))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void entriesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> entry("mask:bob:r--")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> new Acl.Entry(Acl.Scope.ACCESS, Acl.Kind.USER, "", 8))
                .isInstanceOf(Invalid.class);
        var twice = new Acl.Change.Merge(entries("user:bob:r--,user:bob:rwx"));
        assertThatThrownBy(() -> AclRules.change(PLAIN, false, twice)).isInstanceOf(Invalid.class);
    }
}
