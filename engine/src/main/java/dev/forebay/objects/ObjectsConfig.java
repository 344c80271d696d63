package dev.forebay.objects;

import dev.forebay.base.DataSize;
import dev.forebay.base.Settings;

/**
 * Settings of the objects engine.
 *
 * @param userQuota bytes of objects that one user may have made, over all of the user's sessions; 0
 *     for no limit. At the limit the user's own objects are evicted.
 */
public record ObjectsConfig(DataSize userQuota) {
    /** No quota. */
    public static final ObjectsConfig DEFAULT = new ObjectsConfig(new DataSize(0));

    /**
     * Reads the keys {@code objects.*}.
     *
     * @throws dev.forebay.base.error.Invalid for a value out of its range
     */
    public static ObjectsConfig from(Settings settings) {
        return new ObjectsConfig(settings.size("objects.user-quota", DEFAULT.userQuota()));
    }
}
