package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Randomness;
import dev.forebay.base.error.NotFound;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs random transactions on a store and on sorted maps and compares what both say. */
final class MetaStoreModel {
    private static final int TRANSACTIONS = 40;
    private static final int STEPS_MAX = 12;

    private final Randomness random;
    private final Supplier<MetaStore> opening;
    private MetaStore store;
    private Map<Space, NavigableMap<byte[], byte[]>> expected = empty();

    MetaStoreModel(long seed, Supplier<MetaStore> opening) {
        this.random = Randomness.seeded(seed);
        this.opening = opening;
        this.store = opening.get();
    }

    private static Map<Space, NavigableMap<byte[], byte[]>> empty() {
        Map<Space, NavigableMap<byte[], byte[]>> maps = new HashMap<>();
        MetaStoreContract.SPACES.forEach(
                space -> maps.put(space, new TreeMap<>(Arrays::compareUnsigned)));
        return maps;
    }

    private static Map<Space, NavigableMap<byte[], byte[]>> copy(
            Map<Space, NavigableMap<byte[], byte[]>> maps) {
        Map<Space, NavigableMap<byte[], byte[]>> copy = new HashMap<>();
        maps.forEach((space, map) -> copy.put(space, new TreeMap<>(map)));
        return copy;
    }

    /**
     * Runs to the end and closes.
     *
     * @param reopening whether to close and open the store now and then
     */
    void run(boolean reopening) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            transact();
            if (random.below(4) == 0) {
                compareAll();
            }
            if (reopening && random.below(25) == 0) {
                store.close();
                store = opening.get();
                compareAll();
            }
        }
        compareAll();
        store.close();
    }

    private void transact() {
        Map<Space, NavigableMap<byte[], byte[]>> changed = copy(expected);
        boolean commits = random.below(5) != 0;
        try {
            store.<Boolean>transact(
                    transaction -> {
                        int steps = 1 + random.below(STEPS_MAX);
                        for (int i = 0; i < steps; i++) {
                            step(transaction, changed);
                        }
                        if (!commits) {
                            throw new NotFound("planted", "");
                        }
                        return true;
                    });
            expected = changed;
        } catch (NotFound e) {
            assertThat(commits).isFalse();
        }
    }

    private void step(Transaction transaction, Map<Space, NavigableMap<byte[], byte[]>> changed) {
        Space space = MetaStoreContract.SPACES.get(random.below(3));
        NavigableMap<byte[], byte[]> map = changed.get(space);
        if (map == null) {
            throw new AssertionError(space);
        }
        byte[] key = key();
        byte[] value = value();
        switch (random.below(8)) {
            case 0 -> same(transaction.get(space, key).orElse(null), map.get(key));
            case 1 -> same(transaction.getForShare(space, key).orElse(null), map.get(key));
            case 2 -> same(transaction.getForUpdate(space, key).orElse(null), map.get(key));
            case 3 -> compareRange(transaction, space, map);
            case 4 -> {
                transaction.delete(space, key);
                map.remove(key);
            }
            case 5 -> {
                boolean inserted = transaction.insert(space, key, value);
                assertThat(inserted).isEqualTo(map.putIfAbsent(key, value) == null);
            }
            default -> {
                transaction.put(space, key, value);
                map.put(key, value);
            }
        }
    }

    private static void same(byte @Nullable [] actual, byte @Nullable [] wanted) {
        assertThat(Arrays.equals(actual, wanted)).isTrue();
    }

    private void compareRange(Reader reader, Space space, NavigableMap<byte[], byte[]> map) {
        KeyRange range = range();
        int most = 1 + random.below(20);
        assertThat(list(reader, space, range, most)).isEqualTo(list(map, range, most));
    }

    private KeyRange range() {
        return switch (random.below(4)) {
            case 0 -> KeyRange.all();
            case 1 -> KeyRange.prefix(key());
            case 2 -> {
                byte[] after = key();
                yield KeyRange.prefixAfter(Arrays.copyOf(after, Math.min(after.length, 1)), after);
            }
            default -> KeyRange.between(key(), key());
        };
    }

    /** Short keys of few letters, so that they meet; some end in the highest byte. */
    private byte[] key() {
        byte[] key = new byte[random.below(5)];
        for (int i = 0; i < key.length; i++) {
            int letter = random.below(4);
            key[i] = letter == 3 ? (byte) 0xff : (byte) letter;
        }
        return key;
    }

    private byte[] value() {
        return random.bytes(random.below(10) == 0 ? 2000 : random.below(20));
    }

    private void compareAll() {
        store.<Boolean>read(
                reader -> {
                    expected.forEach(
                            (space, map) -> {
                                int all = Integer.MAX_VALUE;
                                assertThat(list(reader, space, KeyRange.all(), all))
                                        .isEqualTo(list(map, KeyRange.all(), all));
                                compareRange(reader, space, map);
                                byte[] key = key();
                                same(reader.get(space, key).orElse(null), map.get(key));
                            });
                    return true;
                });
    }

    private static List<String> list(Reader reader, Space space, KeyRange range, int most) {
        List<String> entries = new ArrayList<>();
        reader.scan(
                space,
                range,
                (key, value) -> {
                    entries.add(entry(key, value));
                    return entries.size() < most;
                });
        return entries;
    }

    private static List<String> list(NavigableMap<byte[], byte[]> map, KeyRange range, int most) {
        return map.entrySet().stream()
                .filter(entry -> range.contains(entry.getKey()))
                .limit(most)
                .map(entry -> entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String entry(byte[] key, byte[] value) {
        return HexFormat.of().formatHex(key) + "=" + Arrays.hashCode(value) + "/" + value.length;
    }
}
