package dev.forebay.files;

import java.nio.ByteBuffer;

/**
 * A name with a value, attached to a file or directory.
 *
 * @param name with its namespace: {@code user.} for all, {@code trusted.} for superusers
 * @param value bytes, also none
 */
public record ExtendedAttribute(String name, ByteBuffer value) {
    /** Keeps whoever has it from changing the value. */
    public ExtendedAttribute {
        value = value.asReadOnlyBuffer();
    }
}
