package dev.forebay.cli;

import dev.forebay.client.ByteRange;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Shows the last lines of files. */
@Command(name = "tail", description = "Show the last lines or bytes of files.")
final class TailCommand implements Callable<Integer> {
    private static final int FIRST_LOOK = 64 * 1024;
    private static final int LOOK_MAX = 1 << 30;

    @Mixin private final Session session;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "Lines, 10 when not told.")
    private long lines = 10;

    @Option(
            names = {"-c", "--bytes"},
            paramLabel = "SIZE",
            description = "Bytes instead, up to 1GB.")
    private String bytes = "";

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or patterns.")
    private List<String> paths = List.of();

    TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.each(
                session.expand(paths),
                path -> {
                    byte[] end = bytes.isEmpty() ? lastLines(path) : lastBytes(path);
                    session.console().write(end, end.length);
                });
    }

    private byte[] lastBytes(String path) {
        return session.tools().tail(path, (int) Math.min(Quantities.size(bytes), LOOK_MAX));
    }

    /** Looks at twice as much each time until there are enough lines. */
    private byte[] lastLines(String path) {
        long length = session.files().stat(path).length();
        int look = FIRST_LOOK;
        while (true) {
            long offset = Math.max(0, length - look);
            byte[] end = session.tools().readBlock(path, new ByteRange(offset, look));
            int start = lineStart(end, lines);
            if (start > 0 || offset == 0 || look >= LOOK_MAX) {
                return Arrays.copyOfRange(end, start, end.length);
            }
            look *= 2;
        }
    }

    /** Where the last lines begin; 0 when there are not more. */
    static int lineStart(byte[] bytes, long count) {
        long left = count;
        for (int i = bytes.length - 1; i >= 0; i--) {
            boolean lineEnd = bytes[i] == '\n' && i < bytes.length - 1;
            if (lineEnd && --left == 0) {
                return i + 1;
            }
        }
        return count <= 0 ? bytes.length : 0;
    }
}
