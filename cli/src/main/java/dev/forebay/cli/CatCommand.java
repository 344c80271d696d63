package dev.forebay.cli;

import dev.forebay.client.FileReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;

/** Copies files to standard output. */
@Command(name = "cat", description = "Copy files to standard output.")
final class CatCommand implements Callable<Integer> {
    private static final int PIECE = 256 * 1024;

    @Mixin private final Session session;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or patterns.")
    private List<String> paths = List.of();

    CatCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(session.expand(paths), path -> copy(session, path));
    }

    /** Copies a file to standard output. */
    static void copy(Session session, String path) {
        try (FileReader reader = session.files().open(path)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (reader.read(piece) >= 0) {
                session.console().write(piece.array(), piece.position());
                piece.clear();
            }
        }
    }
}
