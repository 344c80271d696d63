package dev.forebay.compat;

import dev.forebay.base.Clock;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

import java.net.URI;
import java.time.Duration;

/**
 * A Hadoop client in a process of its own, {@code ADDRESS PATH BYTES}: writes so many bytes, makes
 * them visible, says so, and waits to be killed.
 */
final class HadoopWriter {
    private HadoopWriter() {}

    /** Writes, then waits. */
    public static void main(String[] arguments) throws Exception {
        FileSystem files =
                FileSystem.newInstance(
                        URI.create(arguments[0]), new Configuration(), HdfsNode.SUPERUSER);
        try (FSDataOutputStream stream = files.create(new Path(arguments[1]))) {
            stream.write(new byte[Integer.parseInt(arguments[2])]);
            stream.hflush();
            System.out.println("flushed");
            Clock.system().sleep(Duration.ofMinutes(10));
        }
    }
}
