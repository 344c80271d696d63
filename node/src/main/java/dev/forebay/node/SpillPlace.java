package dev.forebay.node;

import dev.forebay.base.error.Internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for spilled objects that goes with the process. Of what is killed it stays. */
record SpillPlace(Path folder) implements AutoCloseable {
    /** Makes one where the system keeps temporary things, for this user alone. */
    static SpillPlace make() {
        try {
            return new SpillPlace(Files.createTempDirectory("forebay-objects-"));
        } catch (IOException e) {
            throw new Internal("no folder for evicted objects", "-e", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new Internal("folder for evicted objects cannot be removed", folder, e);
        }
    }
}
