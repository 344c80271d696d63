package dev.forebay.client;

import java.util.List;

/**
 * One directory of a walk.
 *
 * @param path the directory
 * @param directories its directories, in the order of names
 * @param files its files, in the order of names
 */
public record WalkStep(String path, List<FileStatus> directories, List<FileStatus> files) {
    /** Copies the lists. */
    public WalkStep {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }
}
