package dev.forebay.files;

import java.util.Map;

/**
 * What to mount.
 *
 * @param uri an absolute local path or a URI such as {@code s3://bucket/folder}
 * @param properties for the under store; values are secrets
 * @param readOnly whether changes below are refused
 * @param shared stored only
 */
public record MountRequest(
        String uri, Map<String, String> properties, boolean readOnly, boolean shared) {
    /** Copies the properties. */
    public MountRequest {
        properties = Map.copyOf(properties);
    }

    /** Hides the values of properties. */
    @Override
    public String toString() {
        return "MountRequest[uri="
                + uri
                + ", properties="
                + properties.keySet()
                + ", readOnly="
                + readOnly
                + "]";
    }
}
