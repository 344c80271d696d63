package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.ReadType;
import dev.forebay.base.error.InvalidState;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Gives up and brings back copies in memory. */
final class MemoryControl {
    private final Parts parts;
    private final Walk walk;
    private final Opening opening;

    MemoryControl(Parts parts, Walk walk, Opening opening) {
        this.parts = parts;
        this.walk = walk;
        this.opening = opening;
    }

    void free(Chain chain, FileEngine.FreeOptions options) {
        Inode target = chain.target();
        if (!target.directory()) {
            freeFile(
                    new StatusBuilder.Found(
                            target,
                            chain.path(),
                            parts.store()
                                    .read(
                                            live ->
                                                    StatusBuilder.extents(
                                                            chain.view().over(live), target))),
                    options.forced());
            return;
        }
        if (!options.recursive()
                && !parts.store()
                        .read(live -> Tree.isEmpty(chain.view().over(live), target.id()))) {
            throw new InvalidState(
                    "Cannot free non-empty directory without recursive", chain.path());
        }
        walk.below(
                chain,
                found -> {
                    if (!found.inode().directory()) {
                        freeFile(found, options.forced());
                    }
                });
    }

    private void freeFile(StatusBuilder.Found found, boolean forced) {
        Inode.State state = found.inode().state();
        if (state.persistence() != PersistenceState.PERSISTED) {
            throw new InvalidState("Cannot free file which is not persisted", found.path());
        }
        if (state.pinned() && !forced) {
            throw new InvalidState("Cannot free file which is pinned", found.path());
        }
        found.extents().forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
    }

    /** Frees what can be freed of a subtree, pinned or not, and leaves what is not persisted. */
    void freeSettled(Chain chain) {
        Inode target = chain.target();
        if (!target.directory()) {
            freeIfSettled(target);
        } else {
            walk.below(chain, found -> freeIfSettled(found.inode()));
        }
    }

    private void freeIfSettled(Inode inode) {
        if (!inode.directory() && inode.state().persistence() == PersistenceState.PERSISTED) {
            parts.store()
                    .read(reader -> StatusBuilder.extents(reader, inode))
                    .forEach(extent -> parts.cache().drop(BlockCache.Key.of(extent)));
        }
    }

    void load(Chain chain, boolean recursive) {
        if (!chain.target().directory()) {
            loadFile(chain);
            return;
        }
        if (!recursive) {
            throw new InvalidState("Cannot load a directory without recursive", chain.path());
        }
        walk.below(
                chain,
                MetadataLoad.ONCE,
                found -> {
                    if (!found.inode().directory() && found.inode().state().completed()) {
                        loadFile(resolve(found.path()));
                    }
                });
    }

    private Chain resolve(FilePath path) {
        return parts.store().read(reader -> Tree.resolve(reader, path));
    }

    private void loadFile(Chain chain) {
        if (parts.mounts().presented(chain.path())) {
            return;
        }
        try (FileReader reader = opening.open(chain, ReadType.CACHE)) {
            reader.transfer(new FileReader.ByteRange(0, reader.length()), _ -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
