package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.NameText;
import dev.forebay.base.error.Invalid;
import dev.forebay.wire.PercentCoding;

import java.util.Optional;

/** The paths of URLs, {@code /webhdfs/v1} before the path of the namespace. */
final class RequestPath {
    private static final String PREFIX = "/webhdfs/v1";
    private static final String INVALID_PATH = "org.apache.hadoop.fs.InvalidPathException";

    private RequestPath() {}

    /** What a URL names in the namespace, not yet decoded; none for other URLs. */
    static Optional<String> find(String rawPath) {
        String rest = rawPath.startsWith(PREFIX) ? rawPath.substring(PREFIX.length()) : "?";
        return rest.isEmpty()
                ? Optional.of("/")
                : rest.startsWith("/") ? Optional.of(rest) : Optional.empty();
    }

    /**
     * Decodes a path.
     *
     * @throws RemoteError.Refused InvalidPathException for what cannot be one
     */
    static FilePath decode(String raw) {
        try {
            return FilePath.parse(PercentCoding.decodePath(raw));
        } catch (Invalid e) {
            String message = "Invalid path name " + raw + ": " + e.reason();
            throw new RemoteError(400, INVALID_PATH, message).refused();
        }
    }

    /** The path as it stands in a URL. */
    static String encode(FilePath path) {
        if (path.isRoot()) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (Name name : path.names()) {
            text.append('/').append(PercentCoding.encode(name.bytes()));
        }
        return text.toString();
    }

    /** For logs: decoded where that can be done. */
    static String shown(String raw) {
        try {
            return NameText.text(PercentCoding.decodePath(raw));
        } catch (Invalid e) {
            return raw;
        }
    }
}
