package dev.forebay.concurrency;

import dev.forebay.meta.MemoryMetaStore;
import dev.forebay.meta.MetaStore;
import dev.forebay.meta.Reader;
import dev.forebay.meta.Space;
import dev.forebay.meta.Transaction;
import dev.forebay.testkit.ManualClock;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

import java.util.List;

/** Transactions and views of two rows, locked in the order in which they come. */
@Param(name = "row", gen = IntGen.class, conf = "0:1")
@Param(name = "value", gen = IntGen.class, conf = "1:3")
public final class MetaStoreSubject {
    private static final Space ROWS = Space.of("rows", 0);
    private static final int ROW_COUNT = 2;

    /** What stands for a row that is not there. */
    private static final int ABSENT = 0;

    private final MetaStore store = new MemoryMetaStore(List.of(ROWS), new ManualClock(0));

    private static byte[] key(int row) {
        return new byte[] {(byte) row};
    }

    private static int value(Reader reader, int row) {
        return reader.get(ROWS, key(row)).map(bytes -> (int) bytes[0]).orElse(ABSENT);
    }

    private static void write(Transaction transaction, int row, int value) {
        if (value == ABSENT) {
            transaction.delete(ROWS, key(row));
        } else {
            transaction.put(ROWS, key(row), new byte[] {(byte) value});
        }
    }

    @Operation
    public int put(@Param(name = "row") int row, @Param(name = "value") int value) {
        return store.transact(
                transaction -> {
                    transaction.getForUpdate(ROWS, key(row));
                    int before = value(transaction, row);
                    write(transaction, row, value);
                    return before;
                });
    }

    @Operation
    public void delete(@Param(name = "row") int row) {
        store.transact(
                transaction -> {
                    write(transaction, row, ABSENT);
                    return true;
                });
    }

    /** Two of these in opposite directions are a deadlock, which the store must end. */
    @Operation
    public int swap(@Param(name = "row") int one, @Param(name = "row") int other) {
        return store.transact(
                transaction -> {
                    transaction.getForUpdate(ROWS, key(one));
                    transaction.getForUpdate(ROWS, key(other));
                    int first = value(transaction, one);
                    write(transaction, one, value(transaction, other));
                    write(transaction, other, first);
                    return first;
                });
    }

    /** Reads one row for sharing and writes another by it: a write skew without locks. */
    @Operation
    public int copy(@Param(name = "row") int from, @Param(name = "row") int to) {
        return store.transact(
                transaction -> {
                    transaction.getForShare(ROWS, key(from));
                    int value = value(transaction, from);
                    write(transaction, to, value);
                    return value;
                });
    }

    /** All rows in one view, as digits. */
    @Operation
    public int all() {
        return store.read(
                reader -> {
                    int digits = 0;
                    for (int row = 0; row < ROW_COUNT; row++) {
                        digits = 10 * digits + value(reader, row);
                    }
                    return digits;
                });
    }

    @Operation
    public int get(@Param(name = "row") int row) {
        return store.read(reader -> value(reader, row));
    }
}
