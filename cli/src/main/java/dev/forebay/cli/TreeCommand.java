package dev.forebay.cli;

import dev.forebay.client.FileStatus;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Draws what is below a directory. */
@Command(name = "tree", description = "Draw what is below a directory.")
final class TreeCommand implements Callable<Integer> {
    @Mixin private final Session session;

    @Option(
            names = {"-L", "--depth"},
            paramLabel = "N",
            description = "This many levels at most.")
    private int depthMax = Integer.MAX_VALUE;

    @Parameters(paramLabel = "PATH", description = "Directories.")
    private List<String> paths = List.of("/");

    TreeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), this::draw);
    }

    private void draw(String path) {
        FileStatus status = session.files().stat(path);
        session.entry(Entries.json(status), path);
        if (status.directory()) {
            drawChildren(path, "", 1);
        }
    }

    private void drawChildren(String path, String indent, int depth) {
        if (depth > depthMax) {
            return;
        }
        List<FileStatus> children;
        try (Stream<FileStatus> listed = session.files().list(path)) {
            children = listed.sorted(Comparator.comparing(FileStatus::name)).toList();
        }
        for (int i = 0; i < children.size(); i++) {
            FileStatus child = children.get(i);
            boolean last = i == children.size() - 1;
            session.entry(
                    Entries.json(child),
                    indent
                            + (last ? "└── " : "├── ")
                            + child.name()
                            + (child.directory() ? "/" : ""));
            if (child.directory()) {
                drawChildren(child.path(), indent + (last ? "    " : "│   "), depth + 1);
            }
        }
    }
}
