package dev.forebay.files;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.Unsupported;

/** Sets quotas. They are kept by whoever changes names and lengths, through {@link QuotaRows}. */
final class Quotas {
    private final Parts parts;

    Quotas(Parts parts) {
        this.parts = parts;
    }

    void set(Principal caller, Chain chain, Quota.Change change) {
        Permissions.requireSuperuser(caller, chain.path());
        Inode target = chain.target();
        if (!target.directory()) {
            throw new NotADirectory("only a directory has a quota", chain.path());
        }
        for (StorageType type : change.types().keySet()) {
            if (!type.counted()) {
                throw new Invalid("what lies in memory is not counted", type);
            }
        }
        if (target.mounted()) {
            throw new Unsupported("a directory of a mount has no quota", chain.path());
        }
        parts.store()
                .update(
                        tx -> {
                            QuotaRows.lockAlone(tx);
                            Inode now =
                                    Tree.find(tx, target.id())
                                            .orElseThrow(
                                                    () ->
                                                            new NotFound(
                                                                    "path does not exist",
                                                                    chain.path()));
                            QuotaRows.set(tx, now, change);
                        });
    }

    /** What a directory may hold; nothing is limited for a file. */
    Quota of(Inode inode) {
        return inode.directory()
                ? parts.store().read(reader -> QuotaRows.quota(reader, inode.id()))
                : Quota.NONE;
    }
}
