package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

class RowCacheTest {
    private static final Space ROWS = MetaStoreContract.ROWS;
    private static final Space OTHERS = Space.of("others", 0);
    private static final byte[] KEY = Bytes.of("k");
    private static final int ROUNDS = 20_000;

    private final RowCache cache = new RowCache(4);

    private static List<WriteSet> writing(byte[]... keys) {
        WriteSet writes = new WriteSet();
        for (byte[] key : keys) {
            writes.put(ROWS, key, Bytes.of("new"));
        }
        return List.of(writes);
    }

    private void add(String value, long view) {
        cache.add(ROWS, KEY, Optional.of(Bytes.of(value)), view);
    }

    private static String text(RowCache.Known known) {
        return known.value().map(Bytes::text).orElse("-");
    }

    /** Empty when nothing is known, "-" when there is no row. */
    private Optional<String> latest() {
        return cache.find(ROWS, KEY, RowCache.LATEST).map(RowCacheTest::text);
    }

    @Test
    void whatWasReadIsFound() {
        add("v", cache.epoch());
        assertThat(latest()).contains("v");
        assertThat(cache.find(ROWS, KEY, cache.epoch())).isPresent();
        assertThat(cache.find(OTHERS, KEY, RowCache.LATEST)).isEmpty();
        assertThat(cache.find(ROWS, Bytes.of("l"), RowCache.LATEST)).isEmpty();
        assertThat(cache.statistics()).containsEntry("row_cache_hits_count", 2L);
    }

    @Test
    void arraysBelongToTheCaller() {
        byte[] value = Bytes.of("v");
        cache.add(ROWS, KEY, Optional.of(value), cache.epoch());
        value[0] = 'w';
        cache.find(ROWS, KEY, RowCache.LATEST).orElseThrow().value().orElseThrow()[0] = 'x';
        assertThat(latest()).contains("v");
    }

    @Test
    void aRowIsGoneFromTheBeginOfItsWriteOn() {
        add("v", cache.epoch());
        long before = cache.epoch();
        cache.beginWrite(writing(KEY));
        assertThat(latest()).isEmpty();
        add("old", before);
        add("old", cache.epoch());
        assertThat(latest()).as("nobody knows whether the write shows").isEmpty();
        long during = cache.epoch();
        cache.endWrite(writing(KEY), false);
        add("old", during);
        assertThat(latest()).as("may be from before the write").isEmpty();
        add("new", cache.epoch());
        assertThat(latest()).contains("new");
    }

    @Test
    void whatWasWrittenIsKnownWhenTheWriteIsOver() {
        cache.beginWrite(writing(KEY));
        long during = cache.epoch();
        cache.endWrite(writing(KEY), true);
        assertThat(latest()).contains("new");
        assertThat(cache.find(ROWS, KEY, during)).as("a view from before").isEmpty();
        add("old", during);
        assertThat(latest()).contains("new");
        WriteSet removal = new WriteSet();
        removal.delete(ROWS, KEY);
        cache.beginWrite(List.of(removal));
        cache.endWrite(List.of(removal), true);
        assertThat(latest()).contains("-");
    }

    @Test
    void absenceIsKnownUntilTheRowIsWritten() {
        cache.add(ROWS, KEY, Optional.empty(), cache.epoch());
        assertThat(latest()).contains("-");
        cache.beginWrite(writing(KEY));
        assertThat(latest()).isEmpty();
        cache.endWrite(writing(KEY), true);
        assertThat(latest()).contains("new");
    }

    @Test
    void aViewDoesNotSeeRowsReadAfterIt() {
        long view = cache.epoch();
        cache.beginWrite(writing(KEY));
        cache.endWrite(writing(KEY), false);
        add("new", cache.epoch());
        assertThat(cache.find(ROWS, KEY, view)).isEmpty();
        assertThat(latest()).contains("new");
    }

    @Test
    void longAndLargeValuesStayOutside() {
        cache.add(ROWS, KEY, Optional.of(new byte[2000]), cache.epoch());
        assertThat(latest()).isEmpty();
        cache.add(MetaStoreContract.FILES, KEY, Optional.of(Bytes.of("v")), cache.epoch());
        assertThat(cache.find(MetaStoreContract.FILES, KEY, RowCache.LATEST)).isEmpty();
    }

    /** One writer and readers over a map that stands for the store. */
    @Test
    @Timeout(60)
    void everyViewIsConsistent() throws Exception {
        AtomicReference<Map<String, Integer>> store = new AtomicReference<>(Map.of());
        List<Future<?>> readers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> readAll(store)));
            }
            for (int i = 0; i < ROUNDS; i++) {
                writeOne(store, i);
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        assertThat(cache.statistics().get("row_cache_hits_count")).isPositive();
    }

    private void writeOne(AtomicReference<Map<String, Integer>> store, int round) {
        byte[] key = Bytes.of(String.valueOf(round % 5));
        WriteSet writes = new WriteSet();
        Map<String, Integer> next = new HashMap<>(store.get());
        if (round % 3 == 0) {
            writes.delete(ROWS, key);
            next.remove(Bytes.text(key));
        } else {
            writes.put(ROWS, key, Bytes.of(String.valueOf(round)));
            next.put(Bytes.text(key), round);
        }
        cache.beginWrite(List.of(writes));
        store.set(next);
        cache.endWrite(List.of(writes), round % 2 == 0);
    }

    private void readAll(AtomicReference<Map<String, Integer>> store) {
        for (int i = 0; i < ROUNDS; i++) {
            long epoch = cache.epoch();
            Map<String, Integer> view = store.get();
            for (int row = 0; row < 5; row++) {
                byte[] key = Bytes.of(String.valueOf(row));
                Optional<String> value =
                        Optional.ofNullable(view.get(Bytes.text(key))).map(String::valueOf);
                assertThat(cache.find(ROWS, key, epoch).map(RowCacheTest::text))
                        .isIn(Optional.empty(), Optional.of(value.orElse("-")));
                cache.add(ROWS, key, value.map(Bytes::of), epoch);
            }
        }
    }
}
