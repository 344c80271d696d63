package dev.forebay.files;

import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;

import java.util.Optional;

/** Sets storage policies. What has none of its own has that of the nearest directory above. */
final class StoragePolicies {
    private final Parts parts;

    StoragePolicies(Parts parts) {
        this.parts = parts;
    }

    /** Sets or takes away the policy of a path, for who may write it. */
    void set(Principal caller, Chain chain, Optional<StoragePolicy> policy) {
        Permissions.requireTraverse(caller, chain);
        Permissions.require(caller, chain.target(), Permissions.WRITE, chain);
        parts.store()
                .update(
                        tx -> {
                            QuotaRows.beforeMove(tx, chain.target().directory());
                            Inode now =
                                    Tree.lock(tx, chain.target().id())
                                            .orElseThrow(
                                                    () ->
                                                            new NotFound(
                                                                    "path does not exist",
                                                                    chain.path()));
                            if (!now.directory()) {
                                requireChangeable(now.layout().policy(), policy);
                            }
                            Inode after = now.withLayout(now.layout().withPolicy(policy));
                            QuotaRows.policyChanged(tx, now, after);
                            Tree.put(tx, after);
                        });
    }

    private static void requireChangeable(
            Optional<StoragePolicy> before, Optional<StoragePolicy> after) {
        if (after.isPresent() && after.get().copiedOnCreate()) {
            throw new Invalid("the policy cannot be set after file creation", after.get());
        }
        if (before.isPresent() && before.get().copiedOnCreate()) {
            throw new InvalidState(
                    "the policy cannot be changed after file creation", before.get().name());
        }
    }

    /** The policy that a new file gets of its own. */
    static Optional<StoragePolicy> ofNew(
            CreateOptions options, Optional<StoragePolicy> ofDirectory) {
        return options.policy().or(() -> ofDirectory.filter(StoragePolicy::copiedOnCreate));
    }
}
