package dev.forebay.cli;

import dev.forebay.client.Snapshots;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Tells what differs between two moments. */
@Command(
        name = "diff",
        description = {
            "Tell what differs between two snapshots, or one and now (.):",
            "+ made, - gone, M other bytes, attributes or names, R renamed."
        })
final class SnapshotDiffCommand implements Callable<Integer> {
    private static final String NOW = ".";

    @Mixin private final Session session;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory.")
    private String directory = "";

    @Parameters(index = "1", paramLabel = "FROM", description = "A snapshot's name.")
    private String from = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "Another; else now.")
    private String to = NOW;

    SnapshotDiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.files()
                .as(Snapshots.class)
                .compare(directory, moment(from), moment(to))
                .forEach(this::print);
        return session.exitCode();
    }

    private static Optional<String> moment(String name) {
        return name.equals(NOW) ? Optional.empty() : Optional.of(name);
    }

    private void print(Snapshots.Difference difference) {
        String path = shown(difference.path());
        Optional<String> target = difference.target().map(SnapshotDiffCommand::shown);
        session.entry(
                new JsonOutput()
                        .text("kind", difference.kind().name().toLowerCase(Locale.ROOT))
                        .text("path", path)
                        .text("target", target),
                letter(difference.kind())
                        + " "
                        + path
                        + target.map(each -> " -> " + each).orElse(""));
    }

    private static String shown(String path) {
        return path.isEmpty() ? NOW : "./" + path;
    }

    // as hdfs snapshotDiff has them
    private static String letter(Snapshots.Kind kind) {
        return switch (kind) {
            case CREATED -> "+";
            case MODIFIED -> "M";
            case DELETED -> "-";
            case RENAMED -> "R";
        };
    }
}
