package dev.forebay.cli;

import dev.forebay.base.NameText;
import dev.forebay.client.FilesException;
import dev.forebay.client.Status;
import dev.forebay.client.rest.RequestTarget;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * Names of local files, which are bytes, as the text of the API. The platform's own text of a name
 * depends on the locale and has lost the bytes that are not of it; its URI has not.
 */
final class LocalNames {
    private LocalNames() {}

    /** The last name of a local path. */
    static String name(Path local) {
        Path last = local.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString();
        if (isPlain(name)) {
            return name;
        }
        String raw = local.toAbsolutePath().toUri().getRawPath();
        String end = raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        return NameText.text(decode(end.substring(end.lastIndexOf('/') + 1)));
    }

    /**
     * The local file of a name in a folder.
     *
     * @throws FilesException.InvalidArgument for a name that would leave the folder
     */
    static Path child(Path folder, String name) {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw FilesException.of(
                    Status.INVALID_ARGUMENT, "the name cannot be a local file's", name);
        }
        if (isPlain(name)) {
            return folder.resolve(name);
        }
        String base = folder.toAbsolutePath().toUri().getRawPath();
        String slash = base.endsWith("/") ? "" : "/";
        return Path.of(URI.create("file://" + base + slash + RequestTarget.path(name)));
    }

    /** What every locale writes the same way. */
    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    private static byte[] decode(String escaped) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
