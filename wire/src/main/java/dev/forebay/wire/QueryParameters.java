package dev.forebay.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The parameters of a query, form-encoded; of a name given twice the first counts. */
public final class QueryParameters {
    private final Map<String, List<byte[]>> values = new HashMap<>();

    private QueryParameters() {}

    /**
     * Reads what follows the question mark.
     *
     * @throws dev.forebay.base.error.Invalid for a malformed percent escape
     */
    public static QueryParameters parse(Optional<String> rawQuery) {
        return parse(rawQuery, UnaryOperator.identity());
    }

    /**
     * Reads what follows the question mark, with names in any case; they are found in lower case.
     *
     * @throws dev.forebay.base.error.Invalid for a malformed percent escape
     */
    public static QueryParameters parseIgnoringCase(Optional<String> rawQuery) {
        return parse(rawQuery, name -> name.toLowerCase(Locale.ROOT));
    }

    private static QueryParameters parse(Optional<String> rawQuery, UnaryOperator<String> naming) {
        QueryParameters parameters = new QueryParameters();
        for (String part : rawQuery.orElse("").split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                parameters
                        .values
                        .computeIfAbsent(
                                naming.apply(text(PercentCoding.decodeForm(name))),
                                _ -> new ArrayList<>())
                        .add(PercentCoding.decodeForm(value));
            }
        }
        return parameters;
    }

    /** The bytes of every value of a name, in the order given. */
    public List<byte[]> findAllBytes(String name) {
        return values.getOrDefault(name, List.of()).stream().map(byte[]::clone).toList();
    }

    /** The bytes of a value, which need not be UTF-8. */
    public Optional<byte[]> findBytes(String name) {
        return findAllBytes(name).stream().findFirst();
    }

    /** A value as text; bytes that are not UTF-8 become replacement characters. */
    public Optional<String> find(String name) {
        return findBytes(name).map(QueryParameters::text);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
