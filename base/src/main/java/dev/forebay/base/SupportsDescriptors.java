package dev.forebay.base;

import dev.forebay.base.unix.UnixDescriptor;

import java.nio.file.Path;

/** A disk whose files can be handed to other processes. */
public interface SupportsDescriptors {
    /**
     * Opens a file for reading, to be sent to another process.
     *
     * @return to be closed; who has it can read the file after its name is gone
     * @throws dev.forebay.base.error.NotFound when there is no such file
     * @throws dev.forebay.base.error.OutOfSpace when the system has no descriptor left
     */
    UnixDescriptor openDescriptor(Path path);
}
