package dev.forebay.hadoop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The shared memory of a node, mapped for reading. Safe for use by many threads.
 *
 * <p>It is opened by a path below {@code /proc}, which could as well lead to another process or
 * another file. So it proves itself: an object of random bytes is made through the node's socket
 * and has to be found in it. That object, the anchor, is held as long as this is open, and every
 * session that is to be read through this memory has to see it at the same place: one of a node
 * that was started since does not.
 */
final class SharedMemory implements Closeable {
    private static final int WINDOW = 1 << 28;
    private static final int PROOF_LENGTH = 64;

    private final FileChannel file;
    private final AtomicReferenceArray<MappedByteBuffer> windows;
    private final long length;
    private final PlasmaSession anchorSession;
    private final byte[] anchor;
    private final PlasmaMessage.Place anchorPlace;

    private SharedMemory(FileChannel file, PlasmaSession session, SecureRandom random)
            throws IOException {
        this.file = file;
        this.length = file.size();
        this.windows = new AtomicReferenceArray<>((int) ((length + WINDOW - 1) / WINDOW));
        this.anchorSession = session;
        this.anchor = new byte[PlasmaMessage.ID_LENGTH];
        random.nextBytes(anchor);
        byte[] proof = new byte[PROOF_LENGTH];
        random.nextBytes(proof);
        this.anchorPlace = session.make(anchor, proof);
        byte[] found = new byte[PROOF_LENGTH];
        if (anchorPlace.length() != PROOF_LENGTH || !isWithin(anchorPlace)) {
            throw new IOException("the node has no room for an object");
        }
        read(anchorPlace.offset(), ByteBuffer.wrap(found));
        if (!Arrays.equals(found, proof)) {
            throw new IOException("the file is not the memory of the node");
        }
    }

    /**
     * Opens the memory.
     *
     * @param path of the memory, as the node tells it
     * @param socket path of its Plasma socket
     * @throws IOException when this process may not open it, or it is not that of the node
     */
    static SharedMemory open(String path, String socket) throws IOException {
        FileChannel file = FileChannel.open(Path.of(path), StandardOpenOption.READ);
        try {
            PlasmaSession session = PlasmaSession.connect(socket);
            try {
                return new SharedMemory(file, session, new SecureRandom());
            } catch (IOException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The id of the anchor, to be asked for together with what is to be read. */
    byte[] anchor() {
        return anchor.clone();
    }

    /** Whether a session that was answered this for the anchor speaks of this memory. */
    boolean isAnchoredAt(PlasmaMessage.Place place) {
        return place.equals(anchorPlace) && isCurrent();
    }

    /**
     * Whether the node that this is of still runs, as far as can be seen. A thread that is
     * interrupted while it maps a part closes the file.
     */
    boolean isCurrent() {
        return file.isOpen() && anchorSession.holds();
    }

    /** Whether an object lies in this memory. */
    boolean isWithin(PlasmaMessage.Place place) {
        return place.present() && place.offset() >= 0 && place.offset() <= length - place.length();
    }

    /**
     * Copies bytes that somebody holds a reference to.
     *
     * @param position bytes from the beginning; the whole range lies within the memory
     * @param target is filled
     */
    void read(long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            MappedByteBuffer window = window((int) (at / WINDOW));
            int start = (int) (at % WINDOW);
            int count = Math.min(target.remaining(), window.capacity() - start);
            target.put(window.slice(start, count));
            at += count;
        }
    }

    private MappedByteBuffer window(int index) throws IOException {
        MappedByteBuffer window = windows.get(index);
        if (window != null) {
            return window;
        }
        long start = (long) index * WINDOW;
        MappedByteBuffer mapped =
                file.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, length - start));
        return windows.compareAndSet(index, null, mapped) ? mapped : window(index);
    }

    /**
     * Lets the anchor go. Streams that are open go on reading what they hold in the part that they
     * have mapped; the mappings go when nobody can reach them any more.
     */
    @Override
    public void close() throws IOException {
        try (file) {
            anchorSession.close();
        }
    }

    /** For the ids of one session: the anchor last. */
    List<byte[]> withAnchor(List<byte[]> ids) {
        List<byte[]> all = new ArrayList<>(ids);
        all.add(anchor());
        return all;
    }
}
