package dev.forebay.gateway.alluxio;

import dev.forebay.files.FileReader.ByteRange;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a Range header of RFC 9110 section 14 asks for. Headers of another form,
 * several ranges among them, are ignored as the RFC allows.
 */
sealed interface ContentRange {
    /** The whole file. */
    record Whole() implements ContentRange {}

    /**
     * A part that is there, at least one byte.
     *
     * @param range within the file
     */
    record Part(ByteRange range) implements ContentRange {}

    /** A part that begins behind the end. */
    record Beyond() implements ContentRange {}

    /** {@code bytes=first-last}, {@code bytes=first-}, {@code bytes=-count}. */
    Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /**
     * Reads a header.
     *
     * @param length of the file
     */
    static ContentRange parse(Optional<String> header, long length) {
        Matcher form = FORM.matcher(header.orElse("").strip());
        if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
            return new Whole();
        }
        long last = form.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(form.group(2));
        if (form.group(1).isEmpty()) {
            long count = Math.min(last, length);
            return count == 0 ? new Beyond() : new Part(new ByteRange(length - count, count));
        }
        long first = Long.parseLong(form.group(1));
        if (first > last) {
            return new Whole();
        }
        return first >= length
                ? new Beyond()
                : new Part(new ByteRange(first, Math.min(last, length - 1) - first + 1));
    }
}
