package dev.forebay.cli;

import dev.forebay.client.FileReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Callable;

/** Shows the first lines of files. */
@Command(name = "head", description = "Show the first lines or bytes of files.")
final class HeadCommand implements Callable<Integer> {
    private static final int PIECE = 16 * 1024;

    @Mixin private final Session session;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "Lines, 10 when not told.")
    private long lines = 10;

    @Option(
            names = {"-c", "--bytes"},
            paramLabel = "SIZE",
            description = "Bytes instead, such as 4KB.")
    private String bytes = "";

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or patterns.")
    private List<String> paths = List.of();

    HeadCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        long bytesMax = bytes.isEmpty() ? Long.MAX_VALUE : Quantities.size(bytes);
        long linesMax = bytes.isEmpty() ? lines : Long.MAX_VALUE;
        return session.each(session.expand(paths), path -> show(path, bytesMax, linesMax));
    }

    private void show(String path, long bytesMax, long linesMax) {
        long bytesLeft = bytesMax;
        long linesLeft = linesMax;
        try (FileReader reader = session.files().open(path)) {
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            while (bytesLeft > 0 && linesLeft > 0) {
                piece.clear().limit((int) Math.min(PIECE, bytesLeft));
                int count = reader.read(piece);
                if (count < 0) {
                    return;
                }
                int end = 0;
                while (end < count && linesLeft > 0) {
                    linesLeft -= piece.get(end) == '\n' ? 1 : 0;
                    end++;
                }
                session.console().write(piece.array(), end);
                bytesLeft -= end;
            }
        }
    }
}
