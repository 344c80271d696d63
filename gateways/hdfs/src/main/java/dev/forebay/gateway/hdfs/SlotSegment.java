package dev.forebay.gateway.hdfs;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.unix.UnixDescriptor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Memory shared with one client, with a slot for each block whose file it has. The client marks a
 * slot as valid before it names it here; this side takes the mark away when the block is gone. Not
 * safe for use by several threads; the client changes the memory at any time.
 *
 * <p>A slot, in the byte order of the machine, as Hadoop's {@code ShortCircuitShm} has it:
 *
 * <pre>
 *  0   8  bit 63 valid | bit 62 may be anchored | bits 0 to 30 count of anchors
 *  8  56  unused
 * </pre>
 *
 * <p>No slot may be anchored here: what is anchored is read without being checked, and must stay in
 * memory.
 */
final class SlotSegment {
    /** Bytes, as a real DataNode has it. */
    static final int LENGTH = 8192;

    static final int SLOT_LENGTH = 64;
    static final int SLOTS = LENGTH / SLOT_LENGTH;
    static final long VALID = 1L << 63;

    private static final VarHandle FLAGS = ValueLayout.JAVA_LONG.varHandle();

    private final UnixDescriptor file;
    private final MemorySegment memory;
    private final Map<Integer, BlockId> blocks = new HashMap<>();

    SlotSegment() {
        file = UnixDescriptor.memory(LENGTH);
        memory = file.map(LENGTH);
    }

    /** The file, to be sent to the client. */
    UnixDescriptor file() {
        return file;
    }

    /**
     * Notes that a slot is about a block.
     *
     * @throws Invalid when there is no such slot, it is in use, or the client did not mark it
     */
    void register(int slot, BlockId block) {
        if (slot < 0 || slot >= SLOTS || blocks.containsKey(slot) || !valid(slot)) {
            throw new Invalid("slot cannot be taken", slot);
        }
        blocks.put(slot, block);
    }

    /**
     * Forgets a slot.
     *
     * @throws NotFound when it is not in use
     */
    void release(int slot) {
        if (blocks.remove(slot) == null) {
            throw new NotFound("slot is not in use", slot);
        }
    }

    /** The blocks that slots are about. */
    Set<BlockId> blocks() {
        return Set.copyOf(blocks.values());
    }

    /** Takes the mark from slots of blocks that are gone. */
    void invalidate(Predicate<BlockId> gone) {
        blocks.forEach(
                (slot, block) -> {
                    if (valid(slot) && gone.test(block)) {
                        invalidate(slot);
                    }
                });
    }

    /** Takes the mark from all slots and gives the file back; the memory goes with the client. */
    void close() {
        invalidate(_ -> true);
        file.close();
    }

    private boolean valid(int slot) {
        // volatile: the client wrote it before it sent the message that names the slot
        return ((long) FLAGS.getVolatile(memory, (long) slot * SLOT_LENGTH) & VALID) != 0;
    }

    private void invalidate(int slot) {
        long at = (long) slot * SLOT_LENGTH;
        long seen;
        do {
            // the client counts anchors in the same word
            seen = (long) FLAGS.getVolatile(memory, at);
        } while (!FLAGS.compareAndSet(memory, at, seen, seen & ~VALID));
    }
}
