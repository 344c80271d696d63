package dev.forebay.objects;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;

/** Makes objects of the blocks of files. */
@FunctionalInterface
public interface Lender {
    /**
     * Names the blocks of a file in memory. They stay there for {@link Lending#HELD}, or {@link
     * Lending#HELD_BRIEFLY} unless the file was to be brought in, and beyond for as long as
     * somebody references them or the memory is not needed.
     *
     * @param load whether to bring into memory what is not there
     * @throws dev.forebay.base.error.InvalidState when it is not in memory as a whole and is not to
     *     be brought in, or is being written
     * @throws dev.forebay.base.error.NotFound when there is no such file
     * @throws dev.forebay.base.error.OutOfSpace when it does not fit into memory as a whole
     * @throws dev.forebay.base.error.PermissionDenied when the caller may not read it
     */
    LentFile lend(Principal caller, FilePath path, boolean load);
}
