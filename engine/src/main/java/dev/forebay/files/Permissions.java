package dev.forebay.files;

import dev.forebay.base.Principal;
import dev.forebay.base.error.PermissionDenied;

import java.util.Optional;

/**
 * The one decision of who may do what: POSIX owner, group, mode and ACL. The superuser may do
 * everything.
 */
final class Permissions {
    static final int READ = 4;
    static final int WRITE = 2;
    static final int EXECUTE = 1;

    static final int STICKY = 01000;

    private Permissions() {}

    /**
     * Requires the right to pass through every directory of the chain above what its path names.
     * Where that does not exist, the deepest directory is one of them: who may not pass through it
     * is not told so.
     */
    static void requireTraverse(Principal caller, Chain chain) {
        if (caller.superuser()) {
            return;
        }
        boolean looksIntoDeepest = !chain.complete() && chain.deepest().directory();
        int count = chain.inodes().size() - (looksIntoDeepest ? 0 : 1);
        for (Inode inode : chain.inodes().subList(0, count)) {
            require(caller, inode, EXECUTE, chain);
        }
    }

    /** Requires rights on one inode. */
    static void require(Principal caller, Inode inode, int rights, Chain chain) {
        if (!allows(caller, inode, rights)) {
            throw new PermissionDenied(
                    "the mode of " + inode.link().name() + " forbids it", chain.path());
        }
    }

    /**
     * Requires the right to make, remove or rename entries of the directory that holds the path's
     * last component.
     */
    static void requireParentWrite(Principal caller, Chain chain) {
        requireTraverse(caller, chain);
        if (!chain.path().isRoot()) {
            require(caller, chain.parent(), WRITE | EXECUTE, chain);
        }
    }

    /**
     * Requires, in a directory with the sticky bit, that the caller owns what goes away or the
     * directory.
     */
    static void requireSticky(Principal caller, Inode parent, Inode child, Chain chain) {
        boolean owns =
                caller.superuser()
                        || child.access().owner().equals(caller.user())
                        || parent.access().owner().equals(caller.user());
        if (parent.access().sticky() && !owns) {
            throw new PermissionDenied("the sticky bit forbids it", chain.path());
        }
    }

    /** Requires that the caller owns the inode. */
    static void requireOwner(Principal caller, Inode inode, Chain chain) {
        if (!caller.superuser() && !inode.access().owner().equals(caller.user())) {
            throw new PermissionDenied("only the owner may do this", chain.path());
        }
    }

    /** Requires the superuser. */
    static void requireSuperuser(Principal caller, Object subject) {
        if (!caller.superuser()) {
            throw new PermissionDenied("only a superuser may do this", subject);
        }
    }

    private static boolean allows(Principal caller, Inode inode, int rights) {
        if (caller.superuser()) {
            return true;
        }
        FileStatus.Access access = inode.access();
        boolean owner = access.owner().equals(caller.user());
        if (!owner && access.acl().hasMask()) {
            Optional<Boolean> given = access.acl().gives(caller, access, rights);
            return given.orElseGet(() -> (access.mode() & rights) == rights);
        }
        int shift = owner ? 6 : caller.groups().contains(access.group()) ? 3 : 0;
        return ((access.mode() >> shift) & rights) == rights;
    }
}
