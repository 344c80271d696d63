package dev.forebay.client;

/**
 * One mount.
 *
 * @param path where it begins
 * @param source what is mounted, as given
 * @param readOnly whether changes below are refused
 * @param shared stored only
 */
public record MountPoint(String path, String source, boolean readOnly, boolean shared) {}
