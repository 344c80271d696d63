package dev.forebay.testkit;

import dev.forebay.base.Randomness;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What of one file is durable, and what was done to it since. Guarded by its disk. */
final class FaultyContent {
    /** What a disk writes whole or not at all, in bytes. */
    static final int SECTOR_LENGTH = 512;

    private byte[] durable;
    private final List<Change> pending = new ArrayList<>();

    FaultyContent(byte[] durable) {
        this.durable = durable;
    }

    private sealed interface Change {}

    private record Write(long position, ByteBuffer bytes) implements Change {}

    private record Cut(long length) implements Change {}

    void write(long position, ByteBuffer source) {
        ByteBuffer copy = ByteBuffer.allocate(source.remaining());
        copy.put(source.duplicate()).flip();
        pending.add(new Write(position, copy));
    }

    void truncate(long length) {
        pending.add(new Cut(length));
    }

    void sync() {
        pending.forEach(this::apply);
        pending.clear();
    }

    /** A sync failed: the system forgets that anything was to be written. */
    void forget() {
        pending.clear();
    }

    byte[] durable() {
        return durable.clone();
    }

    void flipBit(long bit) {
        durable[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    }

    /** Lets each change since the last sync reach the disk, in part, or not. */
    void crash(Randomness randomness) {
        Survival survival = Survival.any(randomness);
        for (Change change : pending) {
            if (survival.keeps(randomness)) {
                apply(change);
            } else if (survival == Survival.MIXED && change instanceof Write write) {
                damage(write, randomness);
            }
        }
        pending.clear();
    }

    private void damage(Write write, Randomness randomness) {
        int length = write.bytes().remaining();
        switch (randomness.below(3)) {
            case 0 -> {} // dropped
            case 1 -> extend(write.position() + length); // length without bytes
            default -> {
                long cut = write.position() + randomness.below(length + 1);
                long kept = cut / SECTOR_LENGTH * SECTOR_LENGTH - write.position();
                if (kept > 0) {
                    apply(new Write(write.position(), write.bytes().slice(0, (int) kept)));
                }
            }
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Cut cut -> durable = Arrays.copyOf(durable, (int) cut.length());
            case Write write -> {
                ByteBuffer bytes = write.bytes().duplicate();
                int count = bytes.remaining();
                extend(write.position() + count);
                bytes.get(durable, (int) write.position(), count);
            }
        }
    }

    private void extend(long length) {
        if (length > durable.length) {
            durable = Arrays.copyOf(durable, (int) length);
        }
    }
}
