package dev.forebay.files;

import dev.forebay.meta.Reader;

/**
 * What a path leads into: the files as they are, or as a snapshot shows them.
 *
 * @param snapshot number of the snapshot; 0 for none
 * @param folder whether the path is that of the folder in which a directory's snapshots are listed
 */
record View(long snapshot, boolean folder) {
    static final View LIVE = new View(0, false);
    static final View FOLDER = new View(0, true);

    static View of(long snapshot) {
        return new View(snapshot, false);
    }

    /** Reads what the view shows. */
    Reader over(Reader live) {
        return snapshot == 0 || live instanceof PastReader ? live : new PastReader(live, snapshot);
    }

    /** Whether it shows what does not change any more. */
    boolean past() {
        return snapshot != 0;
    }
}
