package dev.forebay.compat;

import dev.forebay.base.Clock;
import dev.forebay.hadoop.ForebayFileSystem;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

import java.net.URI;
import java.time.Duration;

/**
 * A Hadoop client in a process of its own, {@code ADDRESS PATH}: opens a file in shared memory,
 * reads its first byte, says so, and waits to be killed.
 */
final class HadoopReader {
    private HadoopReader() {}

    /** Reads, then waits. */
    public static void main(String[] arguments) throws Exception {
        FileSystem files =
                FileSystem.newInstance(
                        URI.create(arguments[0]), new Configuration(), NodeProcess.USER);
        try (FSDataInputStream stream = files.open(new Path(arguments[1]))) {
            int first = stream.read();
            long shared = ((ForebayFileSystem) files).sharedReads().bytes();
            System.out.println("read " + first + " shared " + shared);
            Clock.system().sleep(Duration.ofMinutes(10));
        }
    }
}
