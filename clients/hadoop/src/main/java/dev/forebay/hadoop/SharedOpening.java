package dev.forebay.hadoop;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.client.HdfsDataInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which files are read from shared memory. Whatever is not as expected, or fails, leaves
 * the file to Hadoop's client. Safe for use by many threads.
 */
final class SharedOpening implements Closeable {
    /** {@code cached}, {@code load} or {@code off}. */
    static final String MODE_KEY = "fs.forebay.shared-memory";

    /** Shorter files are not asked for. */
    static final String LENGTH_MIN_KEY = "fs.forebay.shared-memory.length-min";

    /** Files up to 64 KiB lie in the node's metadata store. */
    static final long LENGTH_MIN = (64 << 10) + 1;

    private static final Logger LOG = LoggerFactory.getLogger(SharedOpening.class);

    /** How long nothing is tried again after the memory could not be opened. */
    private static final long PAUSE_NANOS = 30_000_000_000L;

    private enum Mode {
        /** What is in memory already. */
        CACHED,
        /** The node brings into memory what is not there. */
        LOAD,
        OFF
    }

    private final NodeCalls calls;
    private final Mode mode;
    private final long lengthMin;
    private Optional<Attached> attached = Optional.empty();
    private Optional<Long> pausedSinceNanos = Optional.empty();
    private boolean closed;

    /** The memory of a node and the socket that leads to it. */
    private record Attached(SharedMemory memory, String socket, long capacity) {}

    private SharedOpening(NodeCalls calls, Mode mode, long lengthMin) {
        this.calls = calls;
        this.mode = mode;
        this.lengthMin = lengthMin;
    }

    /** One that leaves everything to Hadoop's client. */
    static SharedOpening never() {
        return new SharedOpening(new NodeCalls("localhost", NodeCalls.PORT), Mode.OFF, 0);
    }

    /**
     * As configured.
     *
     * @throws IOException for a mode that there is not
     */
    static SharedOpening of(NodeCalls calls, Configuration configuration) throws IOException {
        String name = configuration.getTrimmed(MODE_KEY, Mode.CACHED.name());
        try {
            Mode mode = Mode.valueOf(name.toUpperCase(Locale.ROOT));
            long lengthMin = configuration.getLongBytes(LENGTH_MIN_KEY, LENGTH_MIN);
            return new SharedOpening(calls, mode, Math.max(1, lengthMin));
        } catch (IllegalArgumentException e) {
            throw new IOException(MODE_KEY + " is not cached, load or off: " + name, e);
        }
    }

    /**
     * The blocks of a file in shared memory.
     *
     * @param path absolute
     * @param file just opened
     * @return empty when Hadoop's client is to read it
     */
    Optional<SharedBlocks> open(String path, HdfsDataInputStream file) {
        try {
            if (mode == Mode.OFF || file.getVisibleLength() < lengthMin) {
                return Optional.empty();
            }
            Optional<Attached> node = attach();
            return node.isEmpty() ? Optional.empty() : open(node.get(), path, file);
        } catch (IOException | RuntimeException e) {
            LOG.debug("read over the network instead path={}", path, e);
            return Optional.empty();
        }
    }

    private Optional<SharedBlocks> open(Attached node, String path, HdfsDataInputStream file)
            throws IOException {
        Optional<NodeCalls.LentFile> lent = calls.lend(path);
        // what takes more than half would push out itself, or all the rest
        boolean load = mode == Mode.LOAD && file.getVisibleLength() <= node.capacity() / 2;
        if (lent.isEmpty() && load && calls.load(path)) {
            lent = calls.lend(path);
        }
        return lent.isEmpty()
                ? Optional.empty()
                : SharedBlocks.open(node.memory(), node.socket(), lent.get(), file.getAllBlocks());
    }

    private synchronized Optional<Attached> attach() {
        if (attached.isPresent() && !attached.get().memory().isCurrent()) {
            detach();
        }
        if (attached.isEmpty() && !closed && !paused()) {
            try {
                attached = find();
            } catch (IOException | RuntimeException e) {
                LOG.info("shared memory of the node is not used why={}", e.toString());
                LOG.debug("shared memory of the node is not used", e);
            }
            pausedSinceNanos =
                    attached.isPresent() ? Optional.empty() : Optional.of(System.nanoTime());
        }
        return attached;
    }

    private boolean paused() {
        return pausedSinceNanos.isPresent()
                && System.nanoTime() - pausedSinceNanos.get() < PAUSE_NANOS;
    }

    private Optional<Attached> find() throws IOException {
        NodeCalls.Places places = calls.places();
        if (places.arena().isEmpty() || places.objects().isEmpty()) {
            return Optional.empty();
        }
        String socket = places.objects().get();
        NodeCalls.Arena arena = places.arena().get();
        return Optional.of(
                new Attached(SharedMemory.open(arena.file(), socket), socket, arena.capacity()));
    }

    private synchronized void detach() {
        attached.ifPresent(
                each -> {
                    try {
                        each.memory().close();
                    } catch (IOException e) {
                        LOG.debug("shared memory not closed", e);
                    }
                });
        attached = Optional.empty();
    }

    /** Attaches no more. Streams that are open keep what they hold. */
    @Override
    public synchronized void close() {
        closed = true;
        detach();
    }
}
