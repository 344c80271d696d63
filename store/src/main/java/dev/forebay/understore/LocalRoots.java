package dev.forebay.understore;

import dev.forebay.base.FilePath;
import dev.forebay.base.LocalFolder;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Which folders of this machine may be mounted: the setting {@code mounts.local.roots}. A client
 * that may mount is not thereby somebody who may read every file that the node's user can read.
 */
public final class LocalRoots {
    private static final String ANY = "any";

    private final List<FilePath> roots;
    private final boolean any;
    private final BooleanSupplier loopbackOnly;
    private final Optional<FilePath> own;

    private LocalRoots(
            List<FilePath> roots,
            boolean any,
            BooleanSupplier loopbackOnly,
            Optional<FilePath> own) {
        this.roots = List.copyOf(roots);
        this.any = any;
        this.loopbackOnly = loopbackOnly;
        this.own = own;
    }

    /**
     * Reads the setting.
     *
     * @param setting {@code any}, or absolute paths with commas between; empty for none at all
     * @param loopbackOnly whether nothing but loopback listens, asked at each mount; {@code any}
     *     holds only then
     * @throws Invalid when a path is not absolute
     */
    public static LocalRoots parse(String setting, BooleanSupplier loopbackOnly) {
        boolean any = setting.strip().equals(ANY);
        List<FilePath> roots =
                Arrays.stream(any ? new String[0] : setting.split(",", -1))
                        .map(String::strip)
                        .filter(path -> !path.isEmpty())
                        .map(FilePath::parse)
                        .toList();
        return new LocalRoots(roots, any, loopbackOnly, Optional.empty());
    }

    /** Exactly these folders and what lies below them. */
    public static LocalRoots of(List<FilePath> roots) {
        return new LocalRoots(roots, false, () -> false, Optional.empty());
    }

    /**
     * The same without the folder in which the node keeps its data: a file of that, changed or
     * deleted through a mount, would be the end of other files.
     *
     * @param data absolute path of a folder
     */
    public LocalRoots without(FilePath data) {
        return new LocalRoots(roots, any, loopbackOnly, Optional.of(data));
    }

    /**
     * Passes when the folder may be mounted.
     *
     * @throws PermissionDenied when it may not
     */
    void check(LocalFolder folder, String uri) {
        if (any) {
            if (!loopbackOnly.getAsBoolean()) {
                throw new PermissionDenied(
                        "mounts.local.roots=any holds only while nothing but loopback listens",
                        uri);
            }
        } else if (roots.stream().noneMatch(root -> isWithin(folder, root))) {
            throw new PermissionDenied("folder lies below none of mounts.local.roots", uri);
        }
        if (own.isPresent() && overlaps(folder, own.get())) {
            throw new PermissionDenied("folder is, holds or lies in the node's data folder", uri);
        }
    }

    private static boolean overlaps(LocalFolder folder, FilePath data) {
        try {
            LocalFolder other = LocalFolder.open(data);
            return folder.isWithin(other) || other.isWithin(folder);
        } catch (IOException e) {
            throw LocalErrors.of(e, data);
        }
    }

    private static boolean isWithin(LocalFolder folder, FilePath root) {
        try {
            // resolved at each mount, since links may change and roots may appear later
            return folder.isWithin(LocalFolder.open(root));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return false; // a root that is not there allows nothing
        } catch (IOException e) {
            throw LocalErrors.of(e, root);
        }
    }
}
