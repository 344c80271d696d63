package dev.forebay.hadoop;

import org.apache.hadoop.hdfs.protocol.LocatedBlock;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of one file, all in the shared memory of the node and referenced there.
 *
 * <ul>
 *   <li>The node neither moves, changes nor evicts a block while a session references it. Each file
 *       has a session of its own, whose references the node takes back after the session's end can
 *       be seen. So bytes that were copied while the session had not ended are the block's.
 *   <li>The numbers of the blocks are those that Hadoop's client was told when it opened the file.
 *       A number never stands for other bytes, so both read the same file, and one can go on where
 *       the other stopped.
 *   <li>A process that is killed ends its sessions with it.
 * </ul>
 */
final class SharedBlocks implements Closeable {
    private final SharedMemory memory;
    private final PlasmaSession session;
    private final List<PlasmaMessage.Place> places;
    private final long[] ends;

    private SharedBlocks(
            SharedMemory memory, PlasmaSession session, List<PlasmaMessage.Place> places) {
        this.memory = memory;
        this.session = session;
        this.places = List.copyOf(places);
        this.ends = new long[places.size()];
        long end = 0;
        for (int index = 0; index < ends.length; index++) {
            end += places.get(index).length();
            ends[index] = end;
        }
    }

    /**
     * References the blocks of a file.
     *
     * @param memory of the node
     * @param socket path of its Plasma socket
     * @param file what the node lends
     * @param located the file as Hadoop's client knows it
     * @return empty when they are not all there, or not those of the same file
     */
    static Optional<SharedBlocks> open(
            SharedMemory memory, String socket, NodeCalls.LentFile file, List<LocatedBlock> located)
            throws IOException {
        if (!file.numbers().equals(numbers(located))) {
            return Optional.empty();
        }
        PlasmaSession session = PlasmaSession.connect(socket);
        boolean good = false;
        try {
            List<PlasmaMessage.Place> all = session.get(memory.withAnchor(file.objects()));
            int count = file.objects().size();
            List<PlasmaMessage.Place> places = all.subList(0, count);
            good = memory.isAnchoredAt(all.get(count)) && fit(memory, places, located);
            return good ? Optional.of(new SharedBlocks(memory, session, places)) : Optional.empty();
        } finally {
            if (!good) {
                session.close();
            }
        }
    }

    private static List<Long> numbers(List<LocatedBlock> located) {
        List<Long> numbers = new ArrayList<>();
        located.forEach(block -> numbers.add(block.getBlock().getBlockId()));
        return numbers;
    }

    private static boolean fit(
            SharedMemory memory, List<PlasmaMessage.Place> places, List<LocatedBlock> located) {
        for (int index = 0; index < places.size(); index++) {
            PlasmaMessage.Place place = places.get(index);
            if (!memory.isWithin(place) || place.length() != located.get(index).getBlockSize()) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the file. */
    long length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /**
     * Copies bytes of the file. Safe for use by many threads.
     *
     * @param position from the beginning of the file; the whole range lies within it
     * @param target is filled
     * @return false when the bytes may be others by now: what was copied is to be thrown away
     */
    boolean read(long position, ByteBuffer target) throws IOException {
        int index = find(position);
        long at = position;
        while (target.hasRemaining()) {
            int count = (int) Math.min(target.remaining(), ends[index] - at);
            ByteBuffer part = target.slice(target.position(), count);
            PlasmaMessage.Place place = places.get(index);
            memory.read(place.offset() + place.length() - (ends[index] - at), part);
            target.position(target.position() + count);
            at += count;
            index++;
        }
        // what was copied was copied before this looks
        VarHandle.fullFence();
        return session.holds();
    }

    private int find(long position) {
        int low = 0;
        int high = ends.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ends[middle] <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Gives the blocks back. */
    @Override
    public void close() throws IOException {
        session.close();
    }
}
