package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.security.token.Token;

import java.io.IOException;
import java.net.URI;
import java.security.PrivilegedExceptionAction;
import java.util.Arrays;
import java.util.Random;

/**
 * A Hadoop client in a process of its own, since whether a cluster is guarded is a setting of the
 * process: {@code ADDRESS TOKEN MEBIBYTES KEY=VALUE...}, or instead of settings a folder with their
 * files. Writes, appends, flushes and reads, and says {@code done}.
 */
final class ProtectedClient {
    private static final int MEBIBYTE = 1 << 20;

    private ProtectedClient() {}

    /** Runs all of it. */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        for (String setting : Arrays.asList(arguments).subList(3, arguments.length)) {
            if (setting.contains("=")) {
                String[] parts = setting.split("=", 2);
                configuration.set(parts[0], parts[1]);
            } else {
                configuration.addResource(new Path(setting, "core-site.xml"));
                configuration.addResource(new Path(setting, "hdfs-site.xml"));
            }
        }
        UserGroupInformation.setConfiguration(configuration);
        Token<?> token = new Token<>();
        token.decodeFromUrlString(arguments[1]);
        UserGroupInformation user = UserGroupInformation.createRemoteUser("program");
        user.addToken(token);
        PrivilegedExceptionAction<Void> work =
                () -> {
                    URI address = URI.create(arguments[0]);
                    try (FileSystem files = FileSystem.newInstance(address, configuration)) {
                        run(files, Integer.parseInt(arguments[2]));
                    }
                    return null;
                };
        user.doAs(work);
        System.out.println("done");
    }

    private static void run(FileSystem files, int mebibytes) throws IOException {
        Path path = new Path("/protected");
        byte[] bytes = new byte[MEBIBYTE + 13];
        new Random(1).nextBytes(bytes);
        try (FSDataOutputStream stream = files.create(path, true)) {
            for (int i = 0; i < mebibytes; i++) {
                stream.write(bytes);
            }
            stream.hflush();
            requireRead(files, path, bytes, mebibytes);
            stream.write(bytes);
            stream.hsync();
        }
        try (FSDataOutputStream stream = files.append(path)) {
            stream.write(bytes);
        }
        requireRead(files, path, bytes, mebibytes + 2);
        try (FSDataInputStream stream = files.open(path)) {
            byte[] part = new byte[1_000];
            for (int from : new int[] {0, 511, 512, 70_000, bytes.length - 500}) {
                stream.readFully(from, part);
                assertThat(part[499]).isEqualTo(bytes[from + 499]);
            }
        }
        assertThat(files.getFileChecksum(path)).isNotNull();
        assertThat(files.listStatus(new Path("/"))).isNotEmpty();
        assertThat(files.delete(path, false)).isTrue();
    }

    private static void requireRead(FileSystem files, Path path, byte[] bytes, int times)
            throws IOException {
        try (FSDataInputStream stream = files.open(path)) {
            byte[] back = new byte[bytes.length];
            for (int i = 0; i < times; i++) {
                stream.readFully(back);
                assertThat(Arrays.equals(back, bytes)).as("part %d", i).isTrue();
            }
            assertThat(stream.read()).isEqualTo(-1);
        }
    }
}
