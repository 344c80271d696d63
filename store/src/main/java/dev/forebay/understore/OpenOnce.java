package dev.forebay.understore;

import dev.forebay.base.FilePath;
import dev.forebay.base.error.Closed;

/** Whether a writer still takes bytes. Belongs to one thread, as the writer does. */
public final class OpenOnce {
    private final FilePath path;
    private boolean open = true;

    /** Begins open. */
    public OpenOnce(FilePath path) {
        this.path = path;
    }

    /**
     * Passes while open.
     *
     * @throws Closed after a commit or close
     */
    public void check() {
        if (!open) {
            throw new Closed("the writer is closed", path);
        }
    }

    /**
     * Ends it.
     *
     * @return whether it was open
     */
    public boolean end() {
        boolean was = open;
        open = false;
        return was;
    }
}
