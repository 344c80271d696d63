package dev.forebay.understore.s3;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.Invalid;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A bucket and the folder of it that is mounted, and which key stands for which path: the names
 * with slashes between, in UTF-8. A directory {@code d} is the keys that begin with {@code d/};
 * that key itself, empty, is its marker.
 *
 * @param bucket its name
 * @param folder empty, or a prefix of keys that ends with a slash
 */
record S3Keys(String bucket, String folder) {
    /** The longest key, in bytes. Amazon S3 User Guide, "Naming Amazon S3 objects". */
    private static final int KEY_LENGTH_MAX = 1024;

    /**
     * Reads {@code s3://bucket/folder}. The folder is taken as it is written, without
     * percent-decoding.
     *
     * @throws Invalid when it is malformed; without the text when that may hold a secret
     */
    static S3Keys parse(String uri) {
        int start = uri.indexOf("://");
        if (start < 0 || !uri.substring(0, start).toLowerCase(Locale.ROOT).matches("s3[an]?")) {
            throw new Invalid("not of the form s3://bucket/folder", "");
        }
        String rest = uri.substring(start + "://".length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (bucket.contains("@") || bucket.contains(":")) {
            throw new Invalid("credentials and ports belong into the properties", "");
        }
        if (!bucket.matches("[A-Za-z0-9._-]{1,255}")) {
            throw new Invalid("not a name of a bucket", bucket);
        }
        FilePath path = FilePath.parse(slash < 0 ? "/" : rest.substring(slash));
        return new S3Keys(bucket, path.isRoot() ? "" : path.toString().substring(1) + "/");
    }

    /**
     * The key of a file.
     *
     * @throws Invalid when a name is not UTF-8 or the key is longer than 1,024 bytes
     */
    String file(FilePath path) {
        StringBuilder key = new StringBuilder(folder);
        for (Name name : path.names()) {
            key.append(key.length() == folder.length() ? "" : "/").append(text(name, path));
        }
        checkLength(key + "/"); // which the key of a directory has
        return key.toString();
    }

    /**
     * Passes when a key is not too long.
     *
     * @throws Invalid when it is
     */
    static void checkLength(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > KEY_LENGTH_MAX) {
            throw new Invalid("S3 keys have at most 1,024 bytes", key);
        }
    }

    /** What the keys of a directory and of all below it begin with; the key of its marker. */
    String directory(FilePath path) {
        return path.isRoot() ? folder : file(path) + "/";
    }

    /**
     * The name that a listed key or prefix gives a child of a directory; empty when no path leads
     * there, as for {@code a//b} and {@code a/./b}, or for names too long.
     *
     * @param directory what {@link #directory} gave
     * @param key of a file, or a prefix that ends with a slash
     */
    static Optional<Name> child(String directory, String key) {
        int end = key.endsWith("/") ? key.length() - 1 : key.length();
        if (end <= directory.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Name.of(key.substring(directory.length(), end)));
        } catch (Invalid e) {
            return Optional.empty();
        }
    }

    private static String text(Name name, FilePath path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Invalid("S3 keys are UTF-8 and this name is not", path, e);
        }
    }
}
