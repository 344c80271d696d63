package dev.forebay.arena;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Another process: maps the whole file, prints the text at an offset and writes another there. */
final class ArenaVisitor {
    private ArenaVisitor() {}

    public static void main(String[] arguments) throws IOException {
        long offset = Long.parseLong(arguments[1]);
        try (var channel =
                        FileChannel.open(
                                Path.of(arguments[0]),
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE);
                var mapping = java.lang.foreign.Arena.ofConfined()) {
            var file = channel.map(MapMode.READ_WRITE, 0, channel.size(), mapping);
            System.out.print(file.getString(offset));
            file.setString(offset, "from the visitor");
        }
    }
}
