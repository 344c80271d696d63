package dev.forebay.cli;

import dev.forebay.client.AttributeChange;
import dev.forebay.client.FileStatus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Changes permissions. */
@Command(name = "chmod", description = "Change permissions.")
final class ChangeModeCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-r", "-R", "--recursive"},
            description = "All below as well.")
    private boolean recursive;

    @Parameters(
            index = "0",
            paramLabel = "MODE",
            description = "Octal such as 755, or changes such as u+rwx,go-w.")
    private String mode = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "PATH",
            description = "Paths or patterns.")
    private List<String> paths = List.of();

    ChangeModeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ModeChange change = ModeChange.parse(mode);
        return session.each(session.expand(paths), path -> change(path, change));
    }

    /** Relative changes depend on what each path has, so they go one by one. */
    private void change(String path, ModeChange change) {
        if (change.absolute().isPresent()) {
            session.files()
                    .setAttributes(
                            path,
                            AttributeChange.NONE
                                    .withMode(change.absolute().get())
                                    .withRecursive(recursive));
        } else {
            FileStatus status = session.files().stat(path);
            if (recursive && status.directory()) {
                try (Stream<FileStatus> below = session.files().walk(path)) {
                    below.toList().forEach(each -> apply(each, change));
                }
            }
            apply(status, change);
        }
        session.done("chmod", path);
    }

    private void apply(FileStatus status, ModeChange change) {
        session.files()
                .setAttributes(
                        status.path(),
                        AttributeChange.NONE.withMode(
                                change.apply(status.access().mode(), status.directory())));
    }
}
