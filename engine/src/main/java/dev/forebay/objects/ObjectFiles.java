package dev.forebay.objects;

import dev.forebay.base.FilePath;
import dev.forebay.base.Name;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.IsADirectory;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.understore.UnderStatus;
import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderWriter;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Sealed objects as files of one directory: the name is the id in hexadecimal, the bytes are the
 * data. Files are made and changed by creating objects, not here. A deleted object that is in use
 * goes with its last reference, and is listed until then.
 */
final class ObjectFiles implements UnderStore {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0444;

    private final ObjectEngine objects;
    private final Principal reader;

    ObjectFiles(ObjectEngine objects, Principal reader) {
        this.objects = objects;
        this.reader = reader;
    }

    @Override
    public Optional<UnderStatus> stat(FilePath path) {
        if (path.isRoot()) {
            return Optional.of(
                    new UnderStatus(Name.of("objects"), true, 0, 0, "", "", DIRECTORY_MODE, ""));
        }
        return id(path).flatMap(objects::find).filter(ObjectFiles::sealed).map(this::status);
    }

    private static boolean sealed(ObjectStatus object) {
        return object.state() != ObjectStatus.State.CREATED;
    }

    private UnderStatus status(ObjectStatus object) {
        return new UnderStatus(
                Name.of(object.id().toString()),
                false,
                object.dataLength(),
                object.createdMillis(),
                reader.user(),
                reader.primaryGroup(),
                FILE_MODE,
                object.createdMillis() + "-" + object.dataLength() + "-" + object.digest());
    }

    /** The id that a path names; empty when no object can have that name. */
    private static Optional<ObjectId> id(FilePath path) {
        String name = path.name().toString();
        if (path.depth() != 1 || name.length() != 2 * ObjectId.LENGTH) {
            return Optional.empty();
        }
        try {
            ObjectId id = ObjectId.parse(name);
            return id.toString().equals(name) ? Optional.of(id) : Optional.empty();
        } catch (Invalid e) {
            return Optional.empty();
        }
    }

    @Override
    public List<UnderStatus> list(FilePath path) {
        if (!path.isRoot()) {
            if (stat(path).isPresent()) {
                throw new NotADirectory("an object is no directory", path);
            }
            throw new NotFound("no such object", path);
        }
        return objects.list().stream().filter(ObjectFiles::sealed).map(this::status).toList();
    }

    @Override
    public InputStream open(FilePath path, Range range) {
        if (path.isRoot()) {
            throw new IsADirectory("a directory cannot be read", path);
        }
        ObjectId id = id(path).orElseThrow(() -> new NotFound("no such object", path));
        ObjectSession session = objects.open(reader);
        Optional<ObjectView> view = Optional.empty();
        try {
            ObjectWait wait = session.get(List.of(id), () -> {});
            wait.end();
            view = wait.find(0);
        } finally {
            if (view.isEmpty()) {
                session.close();
            }
        }
        long length = view.orElseThrow(() -> new NotFound("no such object", path)).dataLength();
        long from = Math.min(range.position(), length);
        long count = Math.min(range.length(), length - from);
        return new ObjectStream(session, view.get().data().asSlice(from, count));
    }

    @Override
    public boolean delete(FilePath path) {
        if (path.isRoot()) {
            throw new NotEmpty("the directory of all objects stays", path);
        }
        Optional<ObjectId> id = id(path);
        if (id.isEmpty()) {
            return false;
        }
        try (ObjectSession session = objects.open(reader)) {
            return session.delete(id.get()) != ObjectSession.Deletion.NOT_FOUND;
        }
    }

    @Override
    public UnderWriter create(FilePath path) {
        throw fixed(path);
    }

    @Override
    public void rename(FilePath source, FilePath target) {
        throw fixed(source);
    }

    @Override
    public void createDirectories(FilePath path) {
        throw fixed(path);
    }

    private static PermissionDenied fixed(FilePath path) {
        return new PermissionDenied("objects are made by creating objects, not files", path);
    }

    @Override
    public void close() {}
}
