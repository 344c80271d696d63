package dev.forebay.gateway.alluxio;

import dev.forebay.base.FilePath;
import dev.forebay.base.NameText;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.PercentCoding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A path as a client named it, not yet checked.
 *
 * <p>{@code alluxio://authority/path} stands for {@code /path}, whatever the authority. Semicolons,
 * backslashes, plus and question marks are ordinary bytes of a name.
 */
final class RequestPath {
    private static final String SCHEME = "alluxio://";

    private final byte[] bytes;

    private RequestPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** From the URL, where a plus is a plus. */
    static RequestPath ofUrl(String raw) {
        return new RequestPath(PercentCoding.decodePath(raw));
    }

    /** From a decoded query value. */
    static RequestPath ofBytes(byte[] bytes) {
        return new RequestPath(bytes.clone());
    }

    /**
     * The path in the namespace.
     *
     * @throws AlluxioError.Refused INVALID_ARGUMENT when it is empty, relative, or holds a name
     *     that cannot be one
     */
    FilePath path() {
        byte[] absolute = withoutAuthority();
        if (absolute.length == 0 || absolute[0] != '/') {
            throw invalid("");
        }
        try {
            return FilePath.parse(absolute);
        } catch (Invalid e) {
            throw invalid(" " + e.reason());
        }
    }

    /** The path in the namespace, or none for what cannot be one. */
    Optional<FilePath> find() {
        try {
            return Optional.of(path());
        } catch (AlluxioError.Refused e) {
            return Optional.empty();
        }
    }

    /** For logs and messages, see {@link NameText}. */
    @Override
    public String toString() {
        return NameText.text(bytes);
    }

    private byte[] withoutAuthority() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!text.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return bytes;
        }
        int slash = text.indexOf('/', SCHEME.length());
        return slash < 0 ? new byte[] {'/'} : Arrays.copyOfRange(bytes, slash, bytes.length);
    }

    private AlluxioError.Refused invalid(String why) {
        String message = "Path \"" + this + "\" is invalid." + why;
        return AlluxioError.failed(AlluxioError.INVALID_ARGUMENT, message).refused();
    }
}
