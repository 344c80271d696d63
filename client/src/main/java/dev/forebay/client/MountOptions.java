package dev.forebay.client;

import java.util.Map;

/**
 * How a store is mounted.
 *
 * @param properties for the connector, such as credentials; their values are secrets
 * @param readOnly whether changes below are refused
 * @param shared for all users; stored only
 */
public record MountOptions(Map<String, String> properties, boolean readOnly, boolean shared) {
    /** No properties, changes allowed. */
    public static final MountOptions DEFAULT = new MountOptions(Map.of(), false, false);

    /** Copies the properties. */
    public MountOptions {
        properties = Map.copyOf(properties);
    }

    /** With properties. */
    public MountOptions withProperties(Map<String, String> value) {
        return new MountOptions(value, readOnly, shared);
    }

    /** With changes below refused, or not. */
    public MountOptions withReadOnly(boolean value) {
        return new MountOptions(properties, value, shared);
    }

    /** Shared with all users, or not. */
    public MountOptions withShared(boolean value) {
        return new MountOptions(properties, readOnly, value);
    }

    /** Names only: values are secrets. */
    @Override
    public String toString() {
        return "MountOptions[properties="
                + properties.keySet()
                + ", readOnly="
                + readOnly
                + ", shared="
                + shared
                + "]";
    }
}
