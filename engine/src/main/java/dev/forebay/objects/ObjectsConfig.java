package dev.forebay.objects;

import dev.forebay.base.DataSize;
import dev.forebay.base.Settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Settings of the objects engine.
 *
 * @param userQuota bytes of objects that one user may have made, over all of the user's sessions; 0
 *     for no limit. At the limit the user's own objects are evicted.
 * @param spill folder that objects are moved to instead of being evicted; empty for none
 * @param spillMax bytes of objects in that folder
 */
public record ObjectsConfig(DataSize userQuota, Optional<Path> spill, DataSize spillMax) {
    /** No quota, no spilling. */
    public static final ObjectsConfig DEFAULT =
            new ObjectsConfig(new DataSize(0), Optional.empty(), new DataSize(64L << 30));

    /**
     * Reads the keys {@code objects.*}.
     *
     * @throws dev.forebay.base.error.Invalid for a value out of its range
     */
    public static ObjectsConfig from(Settings settings) {
        return new ObjectsConfig(
                settings.size("objects.user-quota", DEFAULT.userQuota()),
                settings.find("objects.spill").map(Path::of),
                settings.size("objects.spill-max", DEFAULT.spillMax()));
    }
}
