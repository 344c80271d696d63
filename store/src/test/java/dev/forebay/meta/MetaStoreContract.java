package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** What every {@link MetaStore} does for one caller at a time. */
abstract class MetaStoreContract {
    static final Space ROWS = Space.of("rows", 2);
    static final Space PLAIN = Space.of("plain", 0);
    static final Space FILES = Space.large("files");
    static final List<Space> SPACES = List.of(ROWS, PLAIN, FILES);

    MetaStore store;

    MetaStoreContract() {
        store = new MemoryMetaStore(SPACES, dev.forebay.base.Clock.system());
    }

    abstract MetaStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void put(Space space, String key, String value) {
        Bytes.put(store, space, key, value);
    }

    private String at(Space space, String key) {
        return store.read(reader -> Bytes.at(reader, space, key));
    }

    private List<String> list(Space space, KeyRange range) {
        return store.read(reader -> Bytes.list(reader, space, range));
    }

    @Test
    void whatWasPutIsReadAndDeletedIsNot() {
        put(ROWS, "aa1", "x");
        put(ROWS, "aa1", "y");
        put(ROWS, "aa2", "z");
        store.transact(
                transaction -> {
                    transaction.delete(ROWS, Bytes.of("aa2"));
                    transaction.delete(ROWS, Bytes.of("absent"));
                    return true;
                });
        assertThat(list(ROWS, KeyRange.all())).containsExactly("aa1=y");
        assertThat(at(ROWS, "aa2")).isEqualTo("-");
    }

    @Test
    void spacesDoNotMeet() {
        put(ROWS, "key", "row");
        put(FILES, "key", "file");
        assertThat(at(ROWS, "key")).isEqualTo("row");
        assertThat(at(FILES, "key")).isEqualTo("file");
        assertThat(at(PLAIN, "key")).isEqualTo("-");
    }

    @Test
    void emptyKeysAndValuesAreKeptAndLargeValuesToo() {
        put(PLAIN, "", "");
        put(FILES, "large", "v".repeat(300_000));
        assertThat(store.<Optional<byte[]>>read(r -> r.get(PLAIN, new byte[0])))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(at(FILES, "large")).hasSize(300_000);
    }

    @Test
    void scansAreInTheOrderOfUnsignedBytes() {
        byte[] high = {(byte) 0xff};
        byte[] low = {1};
        store.transact(
                transaction -> {
                    transaction.put(PLAIN, high, Bytes.of("high"));
                    transaction.put(PLAIN, low, Bytes.of("low"));
                    return true;
                });
        List<String> values = new ArrayList<>();
        store.<Boolean>read(
                reader -> {
                    reader.scan(PLAIN, KeyRange.all(), (_, value) -> values.add(Bytes.text(value)));
                    return true;
                });
        assertThat(values).containsExactly("low", "high");
    }

    @Test
    void scansKeepToTheirRange() {
        for (String key : List.of("a", "aa", "aa1", "aa2", "ab", "ab1", "b")) {
            put(ROWS, key, "");
        }
        assertThat(list(ROWS, KeyRange.prefix(Bytes.of("aa"))))
                .containsExactly("aa=", "aa1=", "aa2=");
        assertThat(list(ROWS, KeyRange.prefix(Bytes.of("a"))))
                .containsExactly("a=", "aa=", "aa1=", "aa2=", "ab=", "ab1=");
        assertThat(list(ROWS, KeyRange.prefixAfter(Bytes.of("aa"), Bytes.of("aa1"))))
                .containsExactly("aa2=");
        assertThat(list(ROWS, KeyRange.between(Bytes.of("aa2"), Bytes.of("b"))))
                .containsExactly("aa2=", "ab=", "ab1=");
        assertThat(list(ROWS, KeyRange.between(Bytes.of("b"), Bytes.of("a")))).isEmpty();
        assertThat(list(ROWS, KeyRange.prefix(Bytes.of("zz")))).isEmpty();
    }

    @Test
    void aVisitorEndsAScan() {
        put(ROWS, "aa1", "");
        put(ROWS, "aa2", "");
        List<String> seen = new ArrayList<>();
        store.<Boolean>transact(
                transaction -> {
                    transaction.put(ROWS, Bytes.of("aa0"), Bytes.of(""));
                    transaction.put(ROWS, Bytes.of("aa3"), Bytes.of(""));
                    transaction.scan(
                            ROWS,
                            KeyRange.all(),
                            (key, _) -> {
                                seen.add(Bytes.text(key));
                                return seen.size() < 2;
                            });
                    return true;
                });
        assertThat(seen).containsExactly("aa0", "aa1");
    }

    @Test
    void aTransactionSeesItsOwnWrites() {
        put(ROWS, "aa1", "old");
        put(ROWS, "aa3", "gone");
        List<String> seen =
                store.transact(
                        transaction -> {
                            transaction.put(ROWS, Bytes.of("aa1"), Bytes.of("mine"));
                            transaction.put(ROWS, Bytes.of("aa2"), Bytes.of("mine"));
                            transaction.delete(ROWS, Bytes.of("aa3"));
                            assertThat(Bytes.at(transaction, ROWS, "aa1")).isEqualTo("mine");
                            assertThat(Bytes.at(transaction, ROWS, "aa3")).isEqualTo("-");
                            assertThat(transaction.getForUpdate(ROWS, Bytes.of("aa2"))).isPresent();
                            return Bytes.list(transaction, ROWS, KeyRange.all());
                        });
        assertThat(seen).containsExactly("aa1=mine", "aa2=mine");
    }

    @Test
    void insertRefusesAKeyThatExists() {
        put(ROWS, "aa1", "first");
        boolean inserted =
                store.transact(
                        transaction -> {
                            assertThat(insert(transaction, "aa1")).isFalse();
                            assertThat(insert(transaction, "aa2")).isTrue();
                            assertThat(insert(transaction, "aa2")).isFalse();
                            transaction.delete(ROWS, Bytes.of("aa1"));
                            return insert(transaction, "aa1");
                        });
        assertThat(inserted).isTrue();
        assertThat(list(ROWS, KeyRange.all())).containsExactly("aa1=second", "aa2=second");
    }

    private static boolean insert(Transaction transaction, String key) {
        return transaction.insert(ROWS, Bytes.of(key), Bytes.of("second"));
    }

    @Test
    void anErrorOfTheWorkUndoesAllOfItAndComesOutAsItIs() {
        var error = new NotFound("planted", "");
        assertThatThrownBy(
                        () ->
                                store.transact(
                                        transaction -> {
                                            transaction.put(ROWS, Bytes.of("k"), Bytes.of("v"));
                                            throw error;
                                        }))
                .isSameAs(error);
        assertThat(at(ROWS, "k")).isEqualTo("-");
        put(ROWS, "k", "the lock is free");
    }

    @Test
    void aSnapshotDoesNotSeeLaterCommits() {
        put(ROWS, "aa1", "before");
        store.<Boolean>read(
                reader -> {
                    put(ROWS, "aa1", "after");
                    put(ROWS, "aa2", "after");
                    assertThat(Bytes.at(reader, ROWS, "aa1")).isEqualTo("before");
                    assertThat(Bytes.list(reader, ROWS, KeyRange.all()))
                            .containsExactly("aa1=before");
                    return true;
                });
        assertThat(at(ROWS, "aa1")).isEqualTo("after");
    }

    @Test
    void arraysAreNotShared() {
        byte[] value = Bytes.of("value");
        byte[] key = Bytes.of("aa1");
        store.<Boolean>transact(
                transaction -> {
                    transaction.put(ROWS, key, value);
                    value[0] = 'X';
                    transaction.get(ROWS, Bytes.of("aa1")).orElseThrow()[0] = 'Y';
                    return true;
                });
        store.<Boolean>read(
                reader -> {
                    reader.get(ROWS, Bytes.of("aa1")).orElseThrow()[0] = 'Z';
                    return true;
                });
        assertThat(at(ROWS, "aa1")).isEqualTo("value");
    }

    @Test
    void aVisitorMustNotWrite() {
        put(ROWS, "aa1", "");
        assertThatThrownBy(
                        () ->
                                store.<Boolean>transact(
                                        transaction -> {
                                            transaction.scan(
                                                    ROWS,
                                                    KeyRange.all(),
                                                    (key, value) -> {
                                                        transaction.put(ROWS, key, value);
                                                        return true;
                                                    });
                                            return true;
                                        }))
                .isInstanceOf(InvalidState.class);
    }

    @Test
    void readersAndTransactionsEndWithTheirWork() {
        Reader reader = store.read(given -> given);
        assertThatThrownBy(() -> reader.get(ROWS, Bytes.of("k"))).isInstanceOf(InvalidState.class);
        Transaction transaction = store.transact(given -> given);
        assertThatThrownBy(() -> transaction.put(ROWS, Bytes.of("k"), Bytes.of("v")))
                .isInstanceOf(InvalidState.class);
    }

    @Test
    void undeclaredSpacesAndTooLongKeysAreRefused() {
        Space unknown = Space.of("unknown", 0);
        assertThatThrownBy(() -> at(unknown, "k")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> list(unknown, KeyRange.all())).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> put(unknown, "k", "v")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> put(ROWS, "k".repeat(WriteSet.KEY_LENGTH_MAX + 1), "v"))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> Space.of("Upper Case", 0)).isInstanceOf(Invalid.class);
    }

    @Test
    void figuresCountCommits() {
        put(ROWS, "k", "v");
        assertThat(store.statistics())
                .containsEntry("commits_count", 1L)
                .containsEntry("locked_rows_count", 0L);
    }

    @Test
    void closingWaitsForRunningWorkAndRefusesLaterCalls() throws Exception {
        var running = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        var seen = new AtomicReference<>("");
        put(ROWS, "k", "v");
        Thread work =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        store.<Boolean>read(
                                                reader -> {
                                                    running.countDown();
                                                    awaitLatch(finish);
                                                    seen.set(Bytes.at(reader, ROWS, "k"));
                                                    return true;
                                                }));
        running.await();
        Thread closing = Thread.ofVirtual().start(store::close);
        Polling.until(() -> !isOpen());
        assertThat(closing.isAlive()).isTrue();
        finish.countDown();
        work.join();
        closing.join();
        assertThat(seen).hasValue("v");
        assertThatThrownBy(() -> put(ROWS, "k", "v")).isInstanceOf(Closed.class);
        assertThatThrownBy(store::statistics).isInstanceOf(Closed.class);
        store.close();
    }

    private boolean isOpen() {
        try {
            return store.read(_ -> true);
        } catch (Closed e) {
            return false;
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
