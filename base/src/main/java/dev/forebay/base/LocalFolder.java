package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A folder of this machine that others write to as well: what {@link Disk} leaves out because the
 * node's own files need no links, owners or names of any bytes.
 *
 * <p>No lookup leaves the folder: a symbolic link counts as what it leads to while that lies below
 * the folder's real path, and as nothing otherwise. The check comes before the use, so somebody who
 * may write into the folder can swap a directory for a link in between.
 *
 * <p>Safe for use by many threads.
 */
public final class LocalFolder {
    /** The longest path that Linux takes, in bytes without the final NUL. */
    private static final int PATH_LENGTH_MAX = 4095;

    private final Path root;

    private LocalFolder(Path root) {
        this.root = root;
    }

    /**
     * The folder at this path, with links resolved.
     *
     * @throws NoSuchFileException when there is nothing
     * @throws NotDirectoryException when it is something else
     */
    public static LocalFolder open(FilePath path) throws IOException {
        Path asked = join(Path.of("/"), path);
        if (!Files.exists(asked) && isBelowFile(asked)) {
            throw new NotDirectoryException(asked.toString());
        }
        Path real = asked.toRealPath();
        if (!Files.isDirectory(real)) {
            throw new NotDirectoryException(real.toString());
        }
        return new LocalFolder(real);
    }

    /** The path without links. */
    public Path root() {
        return root;
    }

    /** Whether this folder is {@code other} or lies below it. */
    public boolean isWithin(LocalFolder other) {
        return root.startsWith(other.root);
    }

    /**
     * Where a path leads with all links followed; empty when there is nothing, or when it lies
     * outside.
     *
     * @throws Invalid when the whole path is longer than the system allows
     */
    public Optional<Path> find(FilePath path) throws IOException {
        return real(join(root, path));
    }

    /**
     * Where the entry itself lies: the directory with links followed, and the last name as it is,
     * link or not. Empty when {@link #find} is.
     */
    public Optional<Path> findEntry(FilePath path) throws IOException {
        if (path.isRoot() || find(path).isEmpty()) {
            return path.isRoot() ? Optional.of(root) : Optional.empty();
        }
        return find(path.parent()).map(directory -> child(directory, path.name()));
    }

    /** Whether there is an entry of this very path, even a link that leads nowhere. */
    public boolean isTaken(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is known of a path given by this folder, without following a link. */
    public LocalAttributes attributes(Path path) throws IOException {
        return LocalAttributes.read(path);
    }

    /**
     * The direct children of a directory given by {@link #find}, with links followed. Left out is
     * what is neither file nor directory, and what goes away meanwhile.
     *
     * @param countMax most entries to read; one more is returned when there are more
     */
    public List<Child> list(Path directory, int countMax) throws IOException {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Child child = readChild(entry);
                if (child != null) {
                    children.add(child);
                }
                if (children.size() > countMax) {
                    break;
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    private @Nullable Child readChild(Path entry) throws IOException {
        try {
            LocalAttributes attributes = LocalAttributes.read(entry);
            if (attributes.kind() == LocalAttributes.Kind.LINK) {
                Optional<Path> target = real(entry);
                if (target.isEmpty()) {
                    return null;
                }
                attributes = LocalAttributes.read(target.get());
            }
            boolean wanted = attributes.kind() != LocalAttributes.Kind.OTHER;
            return wanted ? new Child(name(entry), attributes) : null;
        } catch (NoSuchFileException e) {
            return null; // deleted since the directory was read
        }
    }

    private Optional<Path> real(Path path) throws IOException {
        try {
            Path real = path.toRealPath();
            return real.startsWith(root) ? Optional.of(real) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (isBelowFile(path) || Files.isSymbolicLink(path)) {
                return Optional.empty(); // "not a directory" and "too many links" have no type
            }
            throw e;
        }
    }

    private static boolean isBelowFile(Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return !Files.isDirectory(above);
            }
        }
        return false;
    }

    /** The path of a child, whatever its bytes and whatever the locale. */
    public static Path child(Path directory, Name name) {
        return directory.resolve(relative(name));
    }

    private static Path join(Path start, FilePath path) {
        int length = start.toString().getBytes(StandardCharsets.UTF_8).length;
        Path joined = start;
        for (Name name : path.names()) {
            length += 1 + name.length();
            joined = child(joined, name);
        }
        if (length > PATH_LENGTH_MAX) {
            throw new Invalid("path is longer than the system allows", path.name());
        }
        return joined;
    }

    private static Path relative(Name name) {
        byte[] bytes = name.bytes();
        if (isPlain(bytes)) {
            return Path.of(name.toString());
        }
        // a file URI is the one place where the JDK takes the bytes of a name as they are
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : bytes) {
            uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return Path.of(URI.create(uri.toString())).getFileName();
    }

    private static Name name(Path entry) {
        String text = entry.getFileName().toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (isPlain(bytes)) {
            return Name.of(bytes);
        }
        String uri = entry.getFileName().toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return Name.of(unescape(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end)));
    }

    private static byte[] unescape(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(text, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) text.charAt(i);
            }
        }
        return java.util.Arrays.copyOf(bytes, length);
    }

    /** Printable ASCII but the mark that stands for bytes the locale cannot show. */
    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' || b == 0x7f || b == '?') {
                return false;
            }
        }
        return true;
    }

    /**
     * An entry of a directory.
     *
     * @param name as bytes
     * @param attributes of the entry, or of what it leads to when it is a link
     */
    public record Child(Name name, LocalAttributes attributes) {}
}
