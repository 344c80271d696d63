package dev.forebay.files;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.meta.Transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Makes directories and files. Parents, where they are to be made, come in the same transaction.
 */
final class Creation {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;
    private static final int MODE_MAX = 07777;

    /** Rounds of looking again when somebody else makes a component at the same moment. */
    private static final int TRIES_MAX = 10;

    private final Parts parts;

    Creation(Parts parts) {
        this.parts = parts;
    }

    /** A file that gave way, whose blocks are to be dropped. */
    record Replaced(Inode inode, List<Extent> extents) {}

    /** What is to be made; a file is written by the holder, if one is named. */
    record Wanted(
            FilePath path,
            boolean directory,
            CreateOptions options,
            WriteType writeType,
            String holder) {}

    /**
     * What came of it.
     *
     * @param inodes made, parents first; none when all must be looked at again
     * @param existed whether the directory was there
     * @param replaced the file that gave way
     */
    record Made(List<Inode> inodes, boolean existed, Optional<Replaced> replaced) {
        static final Made AGAIN = new Made(List.of(), false, Optional.empty());

        Inode last() {
            return inodes.getLast();
        }
    }

    /** Ids for what is to be made, as many as may be needed. */
    List<InodeId> ids(Wanted wanted) {
        int count = wanted.options().recursive() ? wanted.path().depth() : 1;
        return Stream.generate(parts.ids()::next).limit(count).toList();
    }

    /**
     * Makes a file or directory.
     *
     * @param ids from {@link #ids}, taken before since fetching a range is a transaction of its own
     */
    Made create(Principal caller, Wanted wanted, List<InodeId> ids) {
        check(wanted);
        parts.takeRoom(0, wanted.path());
        for (int i = 0; i < TRIES_MAX; i++) {
            Made made = parts.store().transact(tx -> create(tx, caller, wanted, ids));
            if (!made.inodes().isEmpty()) {
                if (!made.existed()) {
                    made.inodes().forEach(inode -> parts.childrenChanged(inode.link().parent()));
                }
                return made;
            }
        }
        throw new AlreadyExists("path is being made by others", wanted.path());
    }

    private static void check(Wanted wanted) {
        CreateOptions options = wanted.options();
        options.blockSize()
                .ifPresent(
                        size -> {
                            if (size < 1) {
                                throw new Invalid("block size is under 1", size);
                            }
                        });
        options.mode().ifPresent(Creation::checkMode);
        options.unmaskedMode().ifPresent(Creation::checkMode);
        int min = options.replicationMin().orElse(0);
        int max = options.replicationMax().orElse(-1);
        if (min < 0 || max < -1 || (max != -1 && min > max)) {
            throw new Invalid("least replication is over the greatest", min + " > " + max);
        }
    }

    /**
     * Requires permission bits.
     *
     * @throws Invalid when there are others
     */
    static void checkMode(int mode) {
        if (mode < 0 || mode > MODE_MAX) {
            throw new Invalid("mode is not 0 to 07777", Integer.toOctalString(mode));
        }
    }

    private Made create(Transaction tx, Principal caller, Wanted wanted, List<InodeId> ids) {
        Chain chain = Tree.resolve(tx, wanted.path());
        Optional<Replaced> replaced = Optional.empty();
        if (chain.complete()) {
            if (!replaces(chain, wanted)) {
                return existing(chain, wanted);
            }
            Chain above =
                    new Chain(
                            chain.path(),
                            chain.inodes().subList(0, chain.path().depth()),
                            chain.view());
            requireRight(caller, above);
            Permissions.requireSticky(caller, above.deepest(), chain.target(), chain);
            replaced = replace(tx, chain.target());
            if (replaced.isEmpty()) {
                return Made.AGAIN;
            }
            chain = above;
        }
        if (!chain.deepest().directory()) {
            throw chain.absent();
        }
        requireRight(caller, chain);
        if (!wanted.options().recursive() && !chain.parentComplete()) {
            throw chain.absent();
        }
        Inode parent;
        try {
            parent = Tree.lockParent(tx, chain.deepest().id());
        } catch (NotFound e) {
            return Made.AGAIN;
        }
        Optional<StoragePolicy> policy = chain.policy();
        List<Name> names = wanted.path().names();
        List<Inode> made = new ArrayList<>();
        for (int depth = chain.inodes().size() - 1; depth < names.size(); depth++) {
            boolean last = depth == names.size() - 1;
            Place place = new Place(ids.get(made.size()), parent, names.get(depth), policy);
            Inode inode = inode(caller, place, wanted, last);
            if (!Tree.insert(tx, inode)) {
                return Made.AGAIN;
            }
            if (!inode.directory() && !wanted.holder().isEmpty()) {
                Tree.putLease(tx, inode.id(), wanted.holder());
            }
            made.add(inode);
            parent = inode;
        }
        return new Made(made, false, replaced);
    }

    private static void requireRight(Principal caller, Chain chain) {
        Permissions.requireTraverse(caller, chain);
        Permissions.require(
                caller, chain.deepest(), Permissions.WRITE | Permissions.EXECUTE, chain);
    }

    private static boolean replaces(Chain chain, Wanted wanted) {
        return !wanted.directory() && wanted.options().allowExists() && !chain.target().directory();
    }

    /** Removes the file that is there; empty when it moved meanwhile. */
    private static Optional<Replaced> replace(Transaction tx, Inode seen) {
        Optional<Inode> now =
                Tree.lock(tx, seen.id()).filter(inode -> inode.link().equals(seen.link()));
        return now.map(inode -> new Replaced(inode, Tree.remove(tx, inode)));
    }

    private static Made existing(Chain chain, Wanted wanted) {
        boolean fine =
                wanted.directory()
                        && wanted.options().allowExists()
                        && chain.target().directory()
                        && !chain.target().isRoot();
        if (!fine) {
            throw new AlreadyExists("path exists", wanted.path());
        }
        return new Made(List.of(chain.target()), true, Optional.empty());
    }

    /** Where an inode is to hang, its id, and the storage policy in force there. */
    private record Place(InodeId id, Inode parent, Name name, Optional<StoragePolicy> policy) {}

    private Inode inode(Principal caller, Place place, Wanted wanted, boolean last) {
        boolean directory = !last || wanted.directory();
        long now = parts.clock().millis();
        CreateOptions options = wanted.options();
        Inode parent = place.parent();
        OptionalInt wish = last ? options.modeBelow(parent.access().acl()) : OptionalInt.empty();
        FileStatus.Access asked =
                new FileStatus.Access(
                        caller.user(),
                        options.groupOfParent() ? parent.access().group() : caller.primaryGroup(),
                        wish.orElse(directory ? DIRECTORY_MODE : FILE_MODE));
        return new Inode(
                place.id(),
                new Inode.Link(parent.id(), place.name(), parent.link().mountId(), false),
                directory,
                AclRules.inherit(parent.access(), asked, directory),
                new FileStatus.Times(now, now, now),
                last ? options.ttl().orElse(FileStatus.Ttl.NONE) : FileStatus.Ttl.NONE,
                layout(options, directory, place),
                0,
                new Inode.State(
                        directory,
                        parent.state().pinned(),
                        false,
                        directory ? directoryState(wanted) : PersistenceState.NOT_PERSISTED,
                        wanted.writeType(),
                        "",
                        1,
                        0));
    }

    private FileStatus.Layout layout(CreateOptions options, boolean directory, Place place) {
        return directory
                ? new FileStatus.Layout(0, 0, 0, 0)
                : new FileStatus.Layout(
                        options.blockSize().orElse(parts.config().blockSize().bytes()),
                        options.replicationMin().orElse(0),
                        options.replicationMax().orElse(-1),
                        options.replicationDurable().orElse(1),
                        StoragePolicies.ofNew(options, place.policy()));
    }

    private static PersistenceState directoryState(Wanted wanted) {
        return writesThrough(wanted.writeType())
                ? PersistenceState.PERSISTED
                : PersistenceState.NOT_PERSISTED;
    }

    /** Whether a write type asks for the mounted store before the call returns. */
    static boolean writesThrough(WriteType type) {
        return type == WriteType.CACHE_THROUGH || type == WriteType.THROUGH;
    }
}
