package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.files.FileStatus;
import dev.forebay.files.LeasedFileEngine;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The two renames of the protocol: one answers true or false, the other nothing or an error. */
final class Renames {
    // Options.java: Rename
    private static final List<String> OPTIONS = List.of("NONE", "OVERWRITE", "TO_TRASH");

    private final LeasedFileEngine engine;

    Renames(LeasedFileEngine engine) {
        this.engine = engine;
    }

    void run(Call call, FilePath source) throws IOException {
        FilePath target = call.parameters().path("destination");
        call.targets(target);
        List<String> options = call.parameters().words("renameoptions", OPTIONS);
        if (options.isEmpty()) {
            call.answer(move(call.caller(), source, target));
            return;
        }
        if (source.equals(target)) {
            throw new AlreadyExists("source and target are the same", target);
        }
        if (options.contains("OVERWRITE")) {
            engine.replace(call.caller(), source, target);
        } else {
            engine.rename(call.caller(), source, target);
        }
        call.done();
    }

    /**
     * Renames, or moves into a directory that is there.
     *
     * @return false when there is no source, no parent of the target, a file at the target, or the
     *     target lies within the source
     */
    private boolean move(Principal caller, FilePath source, FilePath target) {
        try {
            FilePath place = place(caller, source, target);
            boolean inside = source.contains(place) && !source.equals(place);
            if (source.isRoot() || inside) {
                return false;
            }
            engine.rename(caller, source, place);
            return true;
        } catch (NotFound | NotADirectory | AlreadyExists e) {
            return false;
        }
    }

    private FilePath place(Principal caller, FilePath source, FilePath target) {
        return find(caller, target)
                .filter(there -> there.directory() && !source.isRoot())
                .map(_ -> target.child(source.name()))
                .orElse(target);
    }

    private Optional<FileStatus> find(Principal caller, FilePath path) {
        return engine.exists(caller, path, MetadataLoad.ONCE)
                ? Optional.of(engine.stat(caller, path, MetadataLoad.ONCE))
                : Optional.empty();
    }
}
