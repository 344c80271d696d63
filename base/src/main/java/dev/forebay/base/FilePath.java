package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import java.util.ArrayList;
import java.util.List;

/**
 * An absolute, normal path of the namespace: {@code /}, {@code /a}, {@code /a/b}. Names are bytes,
 * any but {@code /} and NUL, 1 to {@value Name#LENGTH_MAX} of them; a path has at most {@value
 * #LENGTH_MAX}. No component is {@code .} or {@code ..}.
 *
 * @param names the components from the root down; empty for the root
 */
public record FilePath(List<Name> names) {
    /** The longest path, in bytes with its slashes. */
    public static final int LENGTH_MAX = 8192;

    /** The root directory. */
    public static final FilePath ROOT = new FilePath(List.of());

    /** Copies the names. */
    public FilePath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path from text, see {@link NameText}.
     *
     * @throws Invalid when it is not absolute or breaks a rule of this type
     */
    public static FilePath parse(String text) {
        return parse(NameText.bytes(text));
    }

    /**
     * Reads a path. Doubled and trailing slashes are dropped.
     *
     * @throws Invalid when it is empty, does not begin with a slash, or breaks a rule of this type
     */
    public static FilePath parse(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '/') {
            throw new Invalid("path is not absolute", NameText.text(bytes));
        }
        if (bytes.length > LENGTH_MAX) {
            throw new Invalid(
                    "path is longer than " + LENGTH_MAX + " bytes",
                    NameText.text(bytes).substring(0, 64));
        }
        List<Name> names = new ArrayList<>();
        int from = 1;
        for (int i = 1; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i > from) {
                    names.add(Name.of(bytes, from, i));
                }
                from = i + 1;
            }
        }
        return names.isEmpty() ? ROOT : new FilePath(names);
    }

    /** Whether this is {@code /}. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The number of components; 0 for the root. */
    public int depth() {
        return names.size();
    }

    /**
     * The last component.
     *
     * @throws Invalid for the root
     */
    public Name name() {
        if (isRoot()) {
            throw new Invalid("the root has no name", "/");
        }
        return names.getLast();
    }

    /**
     * The directory that holds this path.
     *
     * @throws Invalid for the root
     */
    public FilePath parent() {
        if (isRoot()) {
            throw new Invalid("the root has no parent", "/");
        }
        return prefix(names.size() - 1);
    }

    /** The first {@code depth} components. */
    public FilePath prefix(int depth) {
        return depth == names.size()
                ? this
                : depth == 0 ? ROOT : new FilePath(names.subList(0, depth));
    }

    /** The path one level below. */
    public FilePath child(Name name) {
        List<Name> longer = new ArrayList<>(names.size() + 1);
        longer.addAll(names);
        longer.add(name);
        return new FilePath(longer);
    }

    /** This path with the components of {@code relative} behind it. */
    public FilePath resolve(FilePath relative) {
        List<Name> longer = new ArrayList<>(names);
        longer.addAll(relative.names);
        return new FilePath(longer);
    }

    /** Whether {@code other} is this path or lies below it. */
    public boolean contains(FilePath other) {
        return other.names.size() >= names.size()
                && other.names.subList(0, names.size()).equals(names);
    }

    /**
     * The part of {@code descendant} below this path, as a path of its own.
     *
     * @throws Invalid when it does not lie below
     */
    public FilePath relativize(FilePath descendant) {
        if (!contains(descendant)) {
            throw new Invalid("path does not lie below " + this, descendant);
        }
        return new FilePath(descendant.names.subList(names.size(), descendant.names.size()));
    }

    /** The path as bytes, as {@link #parse(byte[])} reads them. */
    public byte[] bytes() {
        if (isRoot()) {
            return new byte[] {'/'};
        }
        byte[] bytes = new byte[names.stream().mapToInt(name -> name.length() + 1).sum()];
        int position = 0;
        for (Name name : names) {
            bytes[position] = '/';
            name.copyTo(bytes, position + 1);
            position += name.length() + 1;
        }
        return bytes;
    }

    /** The path as text, from which {@link #parse(String)} makes it again. */
    @Override
    public String toString() {
        if (isRoot()) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (Name name : names) {
            text.append('/').append(name);
        }
        return text.toString();
    }
}
