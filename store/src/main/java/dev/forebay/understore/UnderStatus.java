package dev.forebay.understore;

import dev.forebay.base.Name;

/**
 * A file or directory of an under store.
 *
 * @param name last component; for the mounted folder itself any name
 * @param directory whether it is a directory
 * @param length bytes; 0 for directories
 * @param modifiedMillis time of last change, milliseconds since 1970; 0 when unknown
 * @param owner user name, or empty when the place has none
 * @param group group name, or empty
 * @param mode permission bits 0 to 07777, or -1 when the place has none
 * @param fingerprint text that changes whenever the content does; empty for directories
 */
public record UnderStatus(
        Name name,
        boolean directory,
        long length,
        long modifiedMillis,
        String owner,
        String group,
        int mode,
        String fingerprint) {}
