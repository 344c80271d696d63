package dev.forebay.objects;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;

/** Makes objects of the blocks of files. */
@FunctionalInterface
public interface Lender {
    /**
     * Brings a file into memory and names its blocks. They stay for {@link Lending#HELD}, and
     * beyond for as long as somebody references them or the memory is not needed.
     *
     * @throws dev.forebay.base.error.NotFound when there is no such file
     * @throws dev.forebay.base.error.OutOfSpace when it does not fit into memory as a whole
     * @throws dev.forebay.base.error.PermissionDenied when the caller may not read it
     */
    LentFile lend(Principal caller, FilePath path);
}
