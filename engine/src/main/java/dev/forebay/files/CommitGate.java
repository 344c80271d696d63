package dev.forebay.files;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps two things of a mount apart that no transaction can: giving a file its place in the mounted
 * store, and changing the names of the namespace. Without it a file could appear in the mounted
 * store after its removal was acknowledged, and come back at the next look if the node dies before
 * it has tidied up.
 *
 * <p>Taken before a transaction begins, never within one. Native inodes need no gate.
 */
final class CommitGate {
    private static final int STRIPES = 64;

    private final ConcurrentHashMap<Long, Gate> gates = new ConcurrentHashMap<>();

    /** The gate of one mount: files share it, one at a time for each inode; directories do not. */
    private static final class Gate {
        private final ReentrantReadWriteLock names = new ReentrantReadWriteLock();
        private final ReentrantLock[] files = new ReentrantLock[STRIPES];

        Gate() {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                files[stripe] = new ReentrantLock();
            }
        }

        ReentrantLock file(Inode inode) {
            return files[(int) (inode.id().value() % STRIPES)];
        }
    }

    /** Runs what places, moves or removes an inode: a file, or a directory with all below. */
    <T> T enter(Inode inode, Supplier<T> work) {
        if (!inode.mounted()) {
            return work.get();
        }
        Gate gate = gate(inode);
        return inode.directory() ? alone(gate, work) : shared(gate, inode, work);
    }

    /** Runs what moves an inode over another: nobody else of the mount goes on meanwhile. */
    <T> T enterAlone(Inode inode, Supplier<T> work) {
        return inode.mounted() ? alone(gate(inode), work) : work.get();
    }

    private Gate gate(Inode inode) {
        return gates.computeIfAbsent(inode.link().mountId(), _ -> new Gate());
    }

    private static <T> T alone(Gate gate, Supplier<T> work) {
        gate.names.writeLock().lock();
        try {
            return work.get();
        } finally {
            gate.names.writeLock().unlock();
        }
    }

    private static <T> T shared(Gate gate, Inode inode, Supplier<T> work) {
        gate.names.readLock().lock();
        try {
            ReentrantLock file = gate.file(inode);
            file.lock();
            try {
                return work.get();
            } finally {
                file.unlock();
            }
        } finally {
            gate.names.readLock().unlock();
        }
    }

    /** Forgets a mount that is gone. */
    void remove(long mountId) {
        gates.remove(mountId);
    }
}
