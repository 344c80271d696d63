package dev.forebay.cli;

import dev.forebay.client.ObjectInfo;
import dev.forebay.client.rest.JsonOutput;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Objects as text and JSON. */
final class ObjectEntries {
    /** What stands above the lines of a listing. */
    static final String HEADING =
            String.format(
                    Locale.ROOT,
                    "%-40s %12s %10s %10s %-7s %s",
                    "id",
                    "data",
                    "metadata",
                    "references",
                    "state",
                    "age");

    private ObjectEntries() {}

    static JsonOutput json(ObjectInfo object) {
        JsonOutput json =
                new JsonOutput()
                        .text("id", object.id().toString())
                        .number("dataLength", object.dataLength())
                        .number("metadataLength", object.metadataLength())
                        .number("references", object.references())
                        .text("state", object.state().name())
                        .number("createdMillis", object.created().toEpochMilli());
        object.construction().ifPresent(span -> json.number("constructionMillis", span.toMillis()));
        return json;
    }

    /** One line of a listing. */
    static String line(ObjectInfo object, long nowMillis) {
        return String.format(
                Locale.ROOT,
                "%s %12d %10d %10d %-7s %s",
                object.id(),
                object.dataLength(),
                object.metadataLength(),
                object.references(),
                state(object),
                age(object.created(), nowMillis));
    }

    /** All that is known. */
    static String text(ObjectInfo object) {
        return String.join(
                "\n",
                "id            " + object.id(),
                "data          " + length(object.dataLength()),
                "metadata      " + length(object.metadataLength()),
                "references    " + object.references(),
                "state         " + state(object),
                "created       " + Entries.time(object.created().toEpochMilli()),
                "made in       "
                        + object.construction()
                                .map(Duration::toMillis)
                                .map(millis -> millis + " ms")
                                .orElse("not sealed yet"),
                "");
    }

    private static String length(long bytes) {
        return bytes + " (" + Quantities.people(bytes) + ")";
    }

    private static String state(ObjectInfo object) {
        return object.state().name().toLowerCase(Locale.ROOT);
    }

    private static String age(Instant created, long nowMillis) {
        return Quantities.span(Math.max(0, nowMillis - created.toEpochMilli()) / 1000);
    }
}
