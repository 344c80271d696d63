package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;

/**
 * File systems that only have the rename of {@code FileSystem}, each with a mind of its own about
 * targets that exist: looks first. Two calls of one mount never overwrite each other's target;
 * another process can.
 */
final class CheckedRenames implements Renames {
    private final HadoopDrafts drafts;
    private final FileSystem place;

    /** Held from the look whether a target is free until it is taken. */
    private final Object naming = new Object();

    CheckedRenames(HadoopDrafts drafts) {
        this.drafts = drafts;
        this.place = drafts.place();
    }

    @Override
    public void move(Path source, Path target) throws IOException {
        synchronized (naming) {
            if (find(target).isPresent()) {
                throw new FileAlreadyExistsException(target.toString());
            }
            rename(source, target);
        }
    }

    @Override
    public void replace(Path source, Path target) throws IOException {
        synchronized (naming) {
            Optional<FileStatus> old = find(target);
            if (old.isPresent() && old.get().isDirectory()) {
                throw new FileAlreadyExistsException(target.toString());
            }
            if (old.isEmpty()) {
                rename(source, target);
            } else if (!renamesOver(source, target)) {
                replaceInSteps(source, target);
            }
        }
    }

    /** Whether the file system itself replaces files, as POSIX has it. */
    private boolean renamesOver(Path source, Path target) throws IOException {
        try {
            return place.rename(source, target);
        } catch (FileAlreadyExistsException e) {
            return false; // the answer to the question
        }
    }

    /** For a moment there is no file of the name; what it was comes back if this fails. */
    private void replaceInSteps(Path source, Path target) throws IOException {
        Path aside = drafts.begin(target.getParent());
        try {
            rename(target, aside);
            try {
                rename(source, target);
            } catch (IOException e) {
                rename(aside, target);
                throw e;
            }
            drafts.delete(aside);
        } finally {
            drafts.end(aside);
        }
    }

    private void rename(Path source, Path target) throws IOException {
        if (!place.rename(source, target)) {
            if (find(source).isEmpty()) {
                throw new FileNotFoundException(source.toString());
            }
            throw new PathIOException(target.toString(), "the file system does not rename to it");
        }
    }

    private Optional<FileStatus> find(Path path) throws IOException {
        try {
            return Optional.of(place.getFileStatus(path));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean keepsIdentity() {
        return false;
    }
}
