package dev.forebay.files;

import dev.forebay.base.FilePath;

import java.util.Set;

/**
 * One mount.
 *
 * @param id its number, 2 or more
 * @param path where it begins
 * @param uri as given
 * @param propertyNames names of its properties; values are never handed out
 * @param readOnly whether changes below are refused
 * @param shared stored only
 */
public record MountStatus(
        long id,
        FilePath path,
        String uri,
        Set<String> propertyNames,
        boolean readOnly,
        boolean shared) {
    /** Copies the names. */
    public MountStatus {
        propertyNames = Set.copyOf(propertyNames);
    }
}
