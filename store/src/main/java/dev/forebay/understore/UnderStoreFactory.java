package dev.forebay.understore;

import java.util.Map;
import java.util.Set;

/** Makes under stores for some URI schemes. */
public interface UnderStoreFactory {
    /** The schemes served, lower case: {@code file}, {@code s3}. */
    Set<String> schemes();

    /**
     * Opens a place.
     *
     * @param uri the whole URI, such as {@code s3://bucket/folder}
     * @param properties of the mount; unknown ones are ignored; values are secrets
     * @throws dev.forebay.base.error.Invalid when the URI is malformed, or the place is not an
     *     existing folder
     * @throws dev.forebay.base.error.PermissionDenied when this node does not allow that place
     * @throws dev.forebay.base.error.Unavailable when the place cannot be reached
     */
    UnderStore open(String uri, Map<String, String> properties);

    /**
     * Whether its places present what another part of this node holds in memory. They are compared
     * at each look, read without another copy, and files are deleted there also through a mount
     * that is read-only.
     */
    default boolean presents() {
        return false;
    }
}
