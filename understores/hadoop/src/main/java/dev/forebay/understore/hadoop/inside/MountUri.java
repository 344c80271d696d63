package dev.forebay.understore.hadoop.inside;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Invalid;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mount names: {@code scheme://authority/folder}. The path is taken as it is written,
 * without percent-decoding; that is why this is no {@link URI}.
 *
 * @param place the file system
 * @param folder in it
 */
record MountUri(URI place, FilePath folder) {
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/]*)(/.*)?", Pattern.DOTALL);

    /** A user with a password, which has no place where everybody sees it. */
    private static final Pattern PASSWORD = Pattern.compile("[^@]*:[^@]*@.*", Pattern.DOTALL);

    /**
     * Reads a URI; without a host Hadoop's configuration says which.
     *
     * @throws Invalid when it is malformed or holds a password, which is not shown
     */
    static MountUri parse(String uri) {
        Matcher matcher = FORM.matcher(uri);
        if (!matcher.matches()) {
            throw new Invalid("not of the form scheme://host:port/folder", shown(uri));
        }
        String authority = matcher.group(2);
        if (PASSWORD.matcher(authority).matches()) {
            throw new Invalid("a password has no place in the source of a mount", shown(uri));
        }
        FilePath folder = FilePath.parse(matcher.group(3) == null ? "/" : matcher.group(3));
        try {
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
            String host = authority.isEmpty() ? null : authority;
            return new MountUri(new URI(scheme, host, "/", null, null), folder);
        } catch (URISyntaxException e) {
            throw new Invalid("host of the source is malformed", shown(uri));
        }
    }

    /** As far as it holds no secret. */
    private static String shown(String uri) {
        int at = uri.indexOf('@');
        return at < 0 ? uri : "(hidden)" + uri.substring(at);
    }
}
