package dev.forebay.meta;

import dev.forebay.base.Clock;
import dev.forebay.base.DataSize;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program that {@link MetaStoreCrashTest} kills. It commits transactions from several threads
 * and prints the number of each one after it was acknowledged.
 *
 * <p>Transaction {@code n} puts {@code n} in three spaces, deletes the marker of the transaction
 * that its thread made before, and counts in a row that all threads share.
 */
final class CrashVictim {
    /** Length of a whole line, so that one cut by the kill is known. */
    static final int LINE_LENGTH = 12;

    private static final int THREADS = 6;

    private CrashVictim() {}

    public static void main(String[] arguments) {
        MetaStore store =
                RocksMetaStore.open(
                        Path.of(arguments[0]),
                        MetaStoreContract.SPACES,
                        new RocksSettings(new DataSize(4L << 20), new DataSize(4L << 20)),
                        Clock.system());
        AtomicLong numbers = new AtomicLong(Long.parseLong(arguments[1]));
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (int i = 0; i < THREADS; i++) {
            String thread = "t" + i;
            Thread.ofPlatform().start(() -> commitUntilKilled(store, numbers, thread, out));
        }
    }

    private static void commitUntilKilled(
            MetaStore store, AtomicLong numbers, String thread, PrintStream out) {
        // Ends by itself only when the test that reads the other end is gone.
        while (!out.checkError()) {
            long number = numbers.incrementAndGet();
            store.transact(transaction -> commit(transaction, number, thread));
            out.println("%012d".formatted(number));
        }
    }

    private static boolean commit(Transaction transaction, long number, String thread) {
        byte[] key = key(number);
        byte[] marker = Bytes.of(thread);
        byte[] counter = Bytes.of("counter");
        long count =
                transaction
                        .getForUpdate(MetaStoreContract.PLAIN, counter)
                        .map(value -> Long.parseLong(Bytes.text(value)))
                        .orElse(0L);
        transaction.put(MetaStoreContract.PLAIN, counter, Bytes.of("" + (count + 1)));
        transaction.put(MetaStoreContract.ROWS, key, key);
        transaction.put(MetaStoreContract.FILES, key, content(number));
        transaction
                .get(MetaStoreContract.ROWS, marker)
                .ifPresent(before -> transaction.delete(MetaStoreContract.PLAIN, before));
        transaction.put(MetaStoreContract.ROWS, marker, key);
        transaction.put(MetaStoreContract.PLAIN, key, key);
        return true;
    }

    static byte[] key(long number) {
        return Bytes.of("k%012d".formatted(number));
    }

    /** Bytes that only this transaction writes; some are long enough for blob files. */
    static byte[] content(long number) {
        return Bytes.of(("" + number + ",").repeat((int) (1 + number % 7 * 200)));
    }
}
