package dev.forebay.base;

import dev.forebay.base.error.Invalid;

import java.util.Arrays;

/**
 * One component of a path: 1 to {@value #LENGTH_MAX} bytes, none of them {@code /} or NUL, and
 * neither {@code .} nor {@code ..}. Ordered as unsigned bytes, which is also the order of keys in
 * the metadata store.
 */
public final class Name implements Comparable<Name> {
    /** The longest name, in bytes. */
    public static final int LENGTH_MAX = 255;

    private final byte[] bytes;

    private Name(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The name with the bytes that a text stands for, see {@link NameText}.
     *
     * @throws Invalid when it breaks a rule of this type
     */
    public static Name of(String text) {
        byte[] bytes = NameText.bytes(text);
        return of(bytes, 0, bytes.length);
    }

    /**
     * The name with these bytes.
     *
     * @throws Invalid when it breaks a rule of this type
     */
    public static Name of(byte[] source) {
        return of(source, 0, source.length);
    }

    /**
     * The name with the bytes from {@code from} to {@code to} of {@code source}, copied.
     *
     * @throws Invalid when it breaks a rule of this type
     */
    public static Name of(byte[] source, int from, int to) {
        byte[] bytes = Arrays.copyOfRange(source, from, to);
        if (bytes.length == 0) {
            throw new Invalid("a name is empty", "");
        }
        if (bytes.length > LENGTH_MAX) {
            throw new Invalid(
                    "a name is longer than " + LENGTH_MAX + " bytes", NameText.text(bytes));
        }
        for (byte b : bytes) {
            if (b == 0 || b == '/') {
                throw new Invalid("a name holds a slash or NUL", NameText.text(bytes));
            }
        }
        if (bytes[0] == '.' && (bytes.length == 1 || (bytes.length == 2 && bytes[1] == '.'))) {
            throw new Invalid("a name is . or ..", NameText.text(bytes));
        }
        return new Name(bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** Copies the bytes to {@code target} from {@code position} on. */
    public void copyTo(byte[] target, int position) {
        System.arraycopy(bytes, 0, target, position, bytes.length);
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The name as text, from which {@link #of(String)} makes it again. */
    @Override
    public String toString() {
        return NameText.text(bytes);
    }
}
