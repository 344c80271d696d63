package dev.forebay.meta;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** Text as keys and values, and back. */
final class Bytes {
    private Bytes() {}

    static byte[] of(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    /** The value of a key as text, or "-" when there is none. */
    static String at(Reader reader, Space space, String key) {
        return reader.get(space, of(key)).map(Bytes::text).orElse("-");
    }

    /** The entries of a range as {@code key=value}. */
    static List<String> list(Reader reader, Space space, KeyRange range) {
        List<String> entries = new ArrayList<>();
        reader.scan(space, range, (key, value) -> entries.add(text(key) + "=" + text(value)));
        return entries;
    }

    static void put(MetaStore store, Space space, String key, String value) {
        store.transact(
                transaction -> {
                    transaction.put(space, of(key), of(value));
                    return true;
                });
    }
}
