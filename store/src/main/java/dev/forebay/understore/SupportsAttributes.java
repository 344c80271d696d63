package dev.forebay.understore;

import dev.forebay.base.FilePath;

import java.util.Optional;

/** An under store that keeps owner, group and mode. */
public interface SupportsAttributes {
    /**
     * Applies what is given, as far as the place allows.
     *
     * @param mode permission bits 0 to 07777
     * @return whether all of it was applied
     */
    boolean setAttributes(
            FilePath path, Optional<String> owner, Optional<String> group, Optional<Integer> mode);
}
