package dev.forebay.compat;

import dev.forebay.base.Randomness;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Joins, cuts and flushes files and makes snapshots through Hadoop's own client while the node is
 * killed, which hdfs-native has no calls for, and remembers what was acknowledged.
 *
 * <ul>
 *   <li>{@code known} is what must be at each path as acknowledged; empty where nothing must be.
 *   <li>{@code doubt} is what is there instead if the call under way was done.
 * </ul>
 */
final class HadoopLoad implements AutoCloseable {
    private static final int LENGTH_MAX = 150_000;
    private static final int BLOCK_SIZE = 1 << 20;
    private static final int BUFFER = 4096;
    private static final long JOIN_MILLIS = 30_000;

    /** Of so many snapshots one is removed. */
    private static final int SNAPSHOTS_KEPT = 3;

    private final DistributedFileSystem files;
    private final Path folder;
    private final Randomness randomness;
    private final Map<Path, Optional<Content>> known = new HashMap<>();
    private final Map<Path, Optional<Content>> doubt = new HashMap<>();
    private final Thread thread = new Thread(this::run, "hadoop-load");
    private @Nullable Path open;
    private @Nullable IOException surprise;
    private int calls;

    private HadoopLoad(DistributedFileSystem files, Path folder, Randomness randomness) {
        this.files = files;
        this.folder = folder;
        this.randomness = randomness;
    }

    /**
     * What must be in a file.
     *
     * @param bytes that were sent; the file has no others
     * @param least how many of them were acknowledged as durable
     */
    private record Content(ByteBuffer bytes, int least) {
        static Content whole(ByteBuffer bytes) {
            return new Content(bytes, bytes.remaining());
        }

        boolean fits(ByteBuffer found) {
            return found.remaining() >= least
                    && found.remaining() <= bytes.remaining()
                    && bytes.slice(0, found.remaining()).equals(found);
        }
    }

    /** A call of the client. */
    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    /**
     * Begins to write.
     *
     * @param address of the node that is to be killed
     * @param folder of its own
     */
    static HadoopLoad start(URI address, String folder, Randomness randomness) throws IOException {
        HadoopLoad load = new HadoopLoad(connect(address), new Path(folder), randomness);
        load.files.mkdirs(load.folder);
        load.files.allowSnapshot(load.folder);
        load.thread.setDaemon(true);
        load.thread.start();
        return load;
    }

    private static DistributedFileSystem connect(URI address) throws IOException {
        Configuration configuration = new Configuration();
        configuration.setInt("ipc.client.connect.max.retries", 0);
        return (DistributedFileSystem) FileSystem.newInstance(address, configuration);
    }

    private void run() {
        try {
            for (int turn = 0; true; turn++) {
                turn(turn);
            }
        } catch (IOException e) {
            if (nodeAnswers()) {
                surprise = e;
            }
        }
    }

    /** Only a node that lives answers a call; one that does must not have refused another. */
    private boolean nodeAnswers() {
        try {
            return files.exists(folder);
        } catch (IOException _) {
            return false;
        }
    }

    private void turn(int turn) throws IOException {
        Path target = new Path(folder, "f" + turn);
        Path second = target.suffix("-second");
        Path third = target.suffix("-third");
        Content joined = Content.whole(joined(joined(write(target), write(second)), write(third)));
        doubt.put(target, Optional.of(joined));
        doubt.put(second, Optional.empty());
        doubt.put(third, Optional.empty());
        change(() -> files.concat(target, new Path[] {second, third}));
        Path shown = inSnapshot(turn);
        doubt.put(shown, Optional.of(joined));
        change(() -> files.createSnapshot(folder, snapshot(turn)));
        int length = randomness.below(joined.bytes().remaining());
        doubt.put(target, Optional.of(Content.whole(joined.bytes().slice(0, length))));
        change(() -> files.truncate(target, length));
        if (turn % SNAPSHOTS_KEPT == SNAPSHOTS_KEPT - 1) {
            int old = turn - randomness.below(SNAPSHOTS_KEPT);
            doubt.put(inSnapshot(old), Optional.empty());
            change(() -> files.deleteSnapshot(folder, snapshot(old)));
        }
    }

    private static String snapshot(int turn) {
        return "s" + turn;
    }

    /** The file of a turn as the snapshot made in that turn shows it. */
    private Path inSnapshot(int turn) {
        return new Path(folder, ".snapshot/" + snapshot(turn) + "/f" + turn);
    }

    /** Makes a call after which what is in doubt is known. */
    private void change(Call call) throws IOException {
        call.run();
        known.putAll(doubt);
        doubt.clear();
        calls++;
    }

    private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
        return ByteBuffer.allocate(first.remaining() + second.remaining())
                .put(first.duplicate())
                .put(second.duplicate())
                .flip();
    }

    /** Writes a new file, with one part flushed, one stored, and the rest ended. */
    private ByteBuffer write(Path path) throws IOException {
        byte[] bytes = randomness.bytes(3 + randomness.below(LENGTH_MAX));
        int third = bytes.length / 3;
        ByteBuffer content = ByteBuffer.wrap(bytes);
        open = path;
        doubt.put(path, Optional.of(new Content(content, 0)));
        try (FSDataOutputStream stream = files.create(path, false, BUFFER, (short) 1, BLOCK_SIZE)) {
            known.putAll(doubt);
            doubt.clear();
            stream.write(bytes, 0, third);
            stream.hflush();
            stream.write(bytes, third, third);
            stream.hsync();
            known.put(path, Optional.of(new Content(content, 2 * third)));
            stream.write(bytes, 2 * third, bytes.length - 2 * third);
        }
        known.put(path, Optional.of(Content.whole(content)));
        open = null;
        calls++;
        return content;
    }

    /**
     * Compares what a node shows with what was acknowledged. The node that was written to is dead.
     *
     * @return how many calls were acknowledged
     * @throws AssertionError when it is not the same
     */
    int verify(URI address) throws IOException, InterruptedException {
        thread.join(JOIN_MILLIS);
        if (thread.isAlive() || surprise != null) {
            throw new AssertionError("the client of Hadoop did not end as it should", surprise);
        }
        try (DistributedFileSystem now = connect(address)) {
            if (open != null && now.exists(open) && !now.recoverLease(open)) {
                throw new AssertionError("the lease cannot be taken: " + open);
            }
            Map<Path, Optional<Content>> before = new HashMap<>();
            doubt.keySet().forEach(path -> before.put(path, Optional.empty()));
            before.putAll(known);
            Map<Path, Optional<Content>> after = new HashMap<>(before);
            after.putAll(doubt);
            String ifBefore = difference(now, before);
            String ifAfter = difference(now, after);
            if (!ifBefore.isEmpty() && !ifAfter.isEmpty()) {
                throw new AssertionError("not as before: " + ifBefore + "; nor after: " + ifAfter);
            }
        }
        return calls;
    }

    /** What is not as expected; empty when all is. */
    private String difference(FileSystem now, Map<Path, Optional<Content>> expected)
            throws IOException {
        StringBuilder result = new StringBuilder();
        int there = 0;
        for (var each : expected.entrySet()) {
            Optional<ByteBuffer> found = read(now, each.getKey());
            Optional<Content> wanted = each.getValue();
            there += wanted.isPresent() && folder.equals(each.getKey().getParent()) ? 1 : 0;
            boolean fits =
                    wanted.map(content -> found.isPresent() && content.fits(found.get()))
                            .orElse(found.isEmpty());
            if (!fits) {
                result.append("%s has %s instead of %s ".formatted(each.getKey(), found, wanted));
            }
        }
        int listed = now.listStatus(folder).length;
        return listed == there ? result.toString() : result + "and %d names".formatted(listed);
    }

    private static Optional<ByteBuffer> read(FileSystem now, Path path) throws IOException {
        try (FSDataInputStream stream = now.open(path)) {
            return Optional.of(ByteBuffer.wrap(stream.readAllBytes()));
        } catch (FileNotFoundException _) {
            return Optional.empty();
        }
    }

    /** Drops the client, whose node is dead. */
    @Override
    public void close() throws IOException {
        files.close();
    }
}
