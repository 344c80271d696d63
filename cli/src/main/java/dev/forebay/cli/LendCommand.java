package dev.forebay.cli;

import dev.forebay.client.LentFile;
import dev.forebay.client.Residency;
import dev.forebay.client.rest.JsonOutput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Makes objects of the blocks of files. */
@Command(
        name = "lend",
        description = {
            "Bring files into memory and make objects of their blocks, without a copy.",
            "They stay for a minute, and beyond for as long as somebody references them."
        })
final class LendCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or patterns.")
    private List<String> paths = List.of();

    LendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Residency residency = session.files().as(Residency.class);
        return session.each(
                session.expand(paths),
                path -> {
                    LentFile file = residency.lend(path);
                    session.entry(json(file), text(file));
                });
    }

    private static JsonOutput json(LentFile file) {
        return new JsonOutput()
                .text("path", file.path())
                .text("generation", file.generation())
                .number("length", file.length())
                .number("blockSize", file.blockSize())
                .texts("blocks", file.blocks().stream().map(Object::toString).toList());
    }

    private static String text(LentFile file) {
        return "path          %s%ngeneration    %s%nlength        %d%nblock size    %d%n"
                        .formatted(file.path(), file.generation(), file.length(), file.blockSize())
                + file.blocks().stream()
                        .map(block -> "block         " + block + "\n")
                        .collect(Collectors.joining());
    }
}
