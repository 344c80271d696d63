package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;

import java.util.Optional;

/** A files engine that can keep the bytes of a file in shared memory for a caller. */
public interface SupportsHolding {
    /**
     * Brings all of a file into memory and holds it there.
     *
     * @return to be closed
     * @throws dev.forebay.base.error.OutOfSpace when it does not fit into memory as a whole
     * @throws dev.forebay.base.error.IsADirectory for a directory
     * @throws dev.forebay.base.error.InvalidState while it is being written
     */
    HeldFile hold(Principal caller, FilePath path);

    /**
     * Holds a file in memory that is there already as a whole; brings nothing in and waits for
     * nobody who does.
     *
     * @return to be closed; empty when a part of it is not there
     * @throws dev.forebay.base.error.IsADirectory for a directory
     * @throws dev.forebay.base.error.InvalidState while it is being written
     */
    Optional<HeldFile> holdCached(Principal caller, FilePath path);
}
