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

    private Optional<String> latest() {
        return cache.find(ROWS, KEY, RowCache.LATEST).map(Bytes::text);
    }

    @Test
    void whatWasReadIsFound() {
        cache.add(ROWS, KEY, Bytes.of("v"), cache.epoch());
        assertThat(latest()).contains("v");
        assertThat(cache.find(ROWS, KEY, cache.epoch())).isPresent();
        assertThat(cache.find(OTHERS, KEY, RowCache.LATEST)).isEmpty();
        assertThat(cache.find(ROWS, Bytes.of("l"), RowCache.LATEST)).isEmpty();
        assertThat(cache.statistics()).containsEntry("row_cache_hits_count", 2L);
    }

    @Test
    void arraysBelongToTheCaller() {
        byte[] value = Bytes.of("v");
        cache.add(ROWS, KEY, value, cache.epoch());
        value[0] = 'w';
        cache.find(ROWS, KEY, RowCache.LATEST).orElseThrow()[0] = 'x';
        assertThat(latest()).contains("v");
    }

    @Test
    void aRowIsGoneFromTheBeginOfItsWriteOn() {
        cache.add(ROWS, KEY, Bytes.of("v"), cache.epoch());
        long before = cache.epoch();
        cache.beginWrite(writing(KEY));
        assertThat(latest()).isEmpty();
        cache.add(ROWS, KEY, Bytes.of("old"), before);
        cache.add(ROWS, KEY, Bytes.of("old"), cache.epoch());
        assertThat(latest()).as("nobody knows whether the write shows").isEmpty();
        long during = cache.epoch();
        cache.endWrite(writing(KEY));
        cache.add(ROWS, KEY, Bytes.of("old"), during);
        assertThat(latest()).as("may be from before the write").isEmpty();
        cache.add(ROWS, KEY, Bytes.of("new"), cache.epoch());
        assertThat(latest()).contains("new");
    }

    @Test
    void aViewDoesNotSeeRowsReadAfterIt() {
        long view = cache.epoch();
        cache.beginWrite(writing(KEY));
        cache.endWrite(writing(KEY));
        cache.add(ROWS, KEY, Bytes.of("new"), cache.epoch());
        assertThat(cache.find(ROWS, KEY, view)).isEmpty();
        assertThat(latest()).contains("new");
    }

    @Test
    void longAndLargeValuesStayOutside() {
        cache.add(ROWS, KEY, new byte[2000], cache.epoch());
        assertThat(latest()).isEmpty();
        cache.add(MetaStoreContract.FILES, KEY, Bytes.of("v"), cache.epoch());
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
        String key = String.valueOf(round % 5);
        List<WriteSet> group = writing(Bytes.of(key));
        cache.beginWrite(group);
        Map<String, Integer> next = new HashMap<>(store.get());
        next.put(key, round);
        store.set(next);
        cache.endWrite(group);
    }

    private void readAll(AtomicReference<Map<String, Integer>> store) {
        for (int i = 0; i < ROUNDS; i++) {
            long epoch = cache.epoch();
            Map<String, Integer> view = store.get();
            for (int row = 0; row < 5; row++) {
                String key = String.valueOf(row);
                Integer value = view.get(key);
                if (value != null) {
                    assertThat(cache.find(ROWS, Bytes.of(key), epoch).map(Bytes::text))
                            .isIn(Optional.empty(), Optional.of(String.valueOf(value)));
                    cache.add(ROWS, Bytes.of(key), Bytes.of(String.valueOf(value)), epoch);
                }
            }
        }
    }
}
