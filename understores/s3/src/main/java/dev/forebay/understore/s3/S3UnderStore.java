package dev.forebay.understore.s3;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket, or a folder of it, as a tree.
 *
 * <ul>
 *   <li>A directory is there while some key begins with it and a slash; an empty one has a marker
 *       (see {@link S3Keys}). A directory that loses its last child gets one first, so that it
 *       stays.
 *   <li>Where {@code a} and {@code a/b} both exist, {@code a} is seen as a file.
 *   <li>Whether a component above a new path is a file is not looked at.
 *   <li>A fingerprint is the ETag.
 *   <li>Rename copies and deletes; see {@link S3Move} for what a failure leaves. All else is one
 *       request that changes, so it is done or not.
 * </ul>
 */
final class S3UnderStore implements UnderStore {
    /** Most entries of a directory, which are all held in memory to list it. */
    private static final int CHILDREN_MAX = 1_000_000;

    private static final int STREAM_TRIES = 3;
    private static final Name ROOT_NAME = Name.of("mounted");

    private final String uri;
    private final S3Keys keys;
    private final S3Bucket bucket;
    private final S3Sizes sizes;

    /**
     * Does not speak to the service.
     *
     * @param uri as given, for errors
     */
    S3UnderStore(String uri, S3Keys keys, S3Bucket bucket, S3Sizes sizes) {
        this.uri = uri;
        this.keys = keys;
        this.bucket = bucket;
        this.sizes = sizes;
    }

    /**
     * Looks whether the place is there.
     *
     * @throws Invalid when there is no such bucket, or no key below the folder
     */
    void check() {
        List<String> found;
        try {
            found = bucket.first(keys.folder(), 1);
        } catch (NotFound e) {
            throw new Invalid("bucket does not exist", keys.bucket(), e);
        }
        if (found.isEmpty() && !keys.folder().isEmpty()) {
            throw new Invalid("folder does not exist", uri);
        }
    }

    @Override
    public Optional<UnderStatus> stat(FilePath path) {
        if (path.isRoot()) {
            return Optional.of(S3Object.directory(ROOT_NAME));
        }
        Optional<S3Object> file = bucket.head(keys.file(path));
        if (file.isPresent()) {
            return file.map(object -> object.status(path.name()));
        }
        return isDirectory(path) ? Optional.of(S3Object.directory(path.name())) : Optional.empty();
    }

    @Override
    public List<UnderStatus> list(FilePath path) {
        String directory = keys.directory(path);
        Map<Name, UnderStatus> children = new HashMap<>();
        boolean found = path.isRoot();
        Optional<String> token = Optional.empty();
        do {
            var page = bucket.children(directory, token);
            found |= page.hasContents() && !page.contents().isEmpty();
            found |= page.hasCommonPrefixes() && !page.commonPrefixes().isEmpty();
            for (var prefix : page.commonPrefixes()) {
                S3Keys.child(directory, prefix.prefix())
                        .ifPresent(name -> children.putIfAbsent(name, S3Object.directory(name)));
            }
            for (var object : page.contents()) {
                S3Keys.child(directory, object.key())
                        .ifPresent(name -> children.put(name, S3Object.of(object).status(name)));
            }
            if (children.size() > CHILDREN_MAX) {
                throw new Unsupported("directory has over 1,000,000 entries", path);
            }
            token = Optional.ofNullable(page.nextContinuationToken());
        } while (token.isPresent());
        if (!found) {
            throw noDirectory(path);
        }
        return List.copyOf(children.values());
    }

    private ForebayException noDirectory(FilePath path) {
        return bucket.head(keys.file(path)).isPresent()
                ? new NotADirectory("not a directory", path)
                : new NotFound("no such directory", path);
    }

    @Override
    public InputStream open(FilePath path, Range range) {
        if (range.position() < 0 || range.length() < 0) {
            throw new Invalid("range lies outside the file", path);
        }
        if (path.isRoot()) {
            throw new IsADirectory("a directory cannot be read", path);
        }
        if (range.length() == 0) {
            return openEmpty(path, range);
        }
        try {
            var span = new S3Range.Span(range.position(), range.length(), STREAM_TRIES);
            return S3Range.open(bucket, keys.file(path), span)
                    .orElseGet(() -> openEmpty(path, range));
        } catch (NotFound e) {
            throw noFile(path);
        }
    }

    /** A range without bytes, which S3 refuses: none asked for, or from the very end. */
    private InputStream openEmpty(FilePath path, Range range) {
        S3Object file = bucket.head(keys.file(path)).orElseThrow(() -> noFile(path));
        if (range.position() > file.length()) {
            throw new Invalid("range lies outside the file", path);
        }
        if (range.length() > 0 && range.position() < file.length()) {
            throw new Conflict("file changed while it was opened", path);
        }
        return InputStream.nullInputStream();
    }

    private ForebayException noFile(FilePath path) {
        return isDirectory(path)
                ? new IsADirectory("a directory cannot be read", path)
                : new NotFound("no such file", path);
    }

    @Override
    public UnderWriter create(FilePath path) {
        refuseRoot(path);
        if (isDirectory(path)) {
            throw new IsADirectory("a directory has this name", path);
        }
        return new S3Writer(bucket, sizes, path, keys.file(path));
    }

    @Override
    public boolean delete(FilePath path) {
        refuseRoot(path);
        String file = keys.file(path);
        String marker = keys.directory(path);
        if (bucket.head(file).isPresent()) {
            deleteLast(path, file);
            return true;
        }
        List<String> below = bucket.first(marker, 2);
        if (below.isEmpty()) {
            return false;
        }
        if (below.size() > 1 || !below.getFirst().equals(marker)) {
            throw new NotEmpty("directory has children", path);
        }
        deleteLast(path, marker);
        return true;
    }

    /** Deletes a key; if it is the last one of its directory, marks that before. */
    private void deleteLast(FilePath path, String key) {
        if (!path.parent().isRoot()) {
            String parent = keys.directory(path.parent());
            if (bucket.first(parent, 2).stream().allMatch(key::equals)) {
                bucket.putMarker(parent);
            }
        }
        bucket.delete(key);
    }

    /** {@inheritDoc} Not atomic: a failure may leave both, never neither. */
    @Override
    public void rename(FilePath source, FilePath target) {
        refuseRoot(source);
        Optional<S3Object> file = bucket.head(keys.file(source));
        if (file.isEmpty() && !isDirectory(source)) {
            throw new NotFound("no such file or directory", source);
        }
        if (stat(target).isPresent()) {
            throw new AlreadyExists("target exists", target);
        }
        if (source.contains(target)) {
            throw new Invalid("target lies below the source", target);
        }
        S3Move move = new S3Move(bucket, sizes);
        if (file.isPresent()) {
            move.copy(file.get(), keys.file(target));
            deleteLast(source, file.get().key());
        } else {
            keepParent(source);
            move.moveAll(keys.directory(source), keys.directory(target));
        }
    }

    /** Marks the directory above when a directory that is about to go is all it has. */
    private void keepParent(FilePath path) {
        if (path.parent().isRoot()) {
            return;
        }
        String parent = keys.directory(path.parent());
        String going = keys.directory(path);
        var page = bucket.children(parent, Optional.empty());
        boolean alone =
                page.contents().isEmpty()
                        && page.commonPrefixes().stream()
                                .allMatch(prefix -> prefix.prefix().equals(going));
        if (alone) {
            bucket.putMarker(parent);
        }
    }

    @Override
    public void createDirectories(FilePath path) {
        Optional<UnderStatus> there = stat(path);
        if (there.isPresent() && !there.get().directory()) {
            throw new NotADirectory("a file has this name", path);
        }
        if (there.isEmpty()) {
            bucket.putMarker(keys.directory(path));
        }
    }

    @Override
    public void close() {
        bucket.close();
    }

    private boolean isDirectory(FilePath path) {
        return path.isRoot() || !bucket.first(keys.directory(path), 1).isEmpty();
    }

    private void refuseRoot(FilePath path) {
        if (path.isRoot()) {
            throw new Invalid("the mounted folder itself cannot be changed", uri);
        }
    }
}
