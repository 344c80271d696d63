package dev.forebay.understore.s3;

import dev.forebay.base.Name;
import dev.forebay.understore.UnderStatus;

import software.amazon.awssdk.http.SdkHttpResponse;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * A stored object.
 *
 * @param length bytes
 * @param modifiedMillis milliseconds since 1970; 0 when unknown
 * @param tag its ETag without quotes
 */
record S3Object(String key, long length, long modifiedMillis, String tag) {
    /** From the parts of an answer, any of which may be missing. */
    static S3Object of(
            String key, Optional<Long> length, Optional<Instant> modified, Optional<String> tag) {
        return new S3Object(
                key,
                length.orElse(0L),
                modified.map(Instant::toEpochMilli).orElse(0L),
                tag.map(S3Object::unquoted).orElse(""));
    }

    /** From a listing. */
    static S3Object of(software.amazon.awssdk.services.s3.model.S3Object listed) {
        return of(
                listed.key(),
                Optional.ofNullable(listed.size()),
                Optional.ofNullable(listed.lastModified()),
                Optional.ofNullable(listed.eTag()));
    }

    static String unquoted(String tag) {
        return tag.replace("\"", "");
    }

    /** As a condition takes it. */
    String quotedTag() {
        return "\"" + tag + "\"";
    }

    /** The service's own time at an answer, the nearest to what it will report as last change. */
    static Optional<Instant> date(SdkHttpResponse answer) {
        return answer.firstMatchingHeader("Date").flatMap(S3Object::instant);
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * As a file. A service without ETags leaves length and time to tell one content from another.
     */
    UnderStatus status(Name name) {
        String fingerprint = tag.isEmpty() ? length + "-" + modifiedMillis : tag;
        return new UnderStatus(name, false, length, modifiedMillis, "", "", -1, fingerprint);
    }

    static UnderStatus directory(Name name) {
        return new UnderStatus(name, true, 0, 0, "", "", -1, "");
    }
}
