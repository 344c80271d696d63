package dev.forebay.objects;

import dev.forebay.arena.Arena;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;

import java.util.List;
import java.util.Optional;

/**
 * The objects of a node. Objects are made and used in sessions; what a session holds is given back
 * when it ends.
 *
 * <p>Objects are in memory only: they are gone with the node.
 */
public interface ObjectEngine extends AutoCloseable {
    /**
     * Begins a session, which is one connection of a client.
     *
     * @param caller who it is, for quotas
     * @throws dev.forebay.base.error.Closed when the engine is closed
     */
    ObjectSession open(Principal caller);

    /**
     * Tells of every object that is sealed now, in one call each, then of every change, in order.
     *
     * @param listener called with the lock of the engine held: it must neither block nor call back
     * @return ends the calls when closed
     */
    Subscription subscribe(ObjectListener listener);

    /** All objects, in no order, also unsealed ones. */
    List<ObjectStatus> list();

    /** One object; empty when there is none of this name. */
    Optional<ObjectStatus> find(ObjectId id);

    /**
     * Evicts least recently used objects that nobody references, until at least so many bytes are
     * gone or none is left.
     *
     * @param bytes 0 or more
     * @return bytes of data and metadata that went
     */
    long evict(long bytes);

    /** Bytes of data and metadata that objects may take together. */
    long capacity();

    /** What each open session holds, in no order. */
    List<SessionStatus> sessions();

    /** Figures for metrics and the status page. */
    ObjectStatistics statistics();

    /** The file that other processes map; empty when the memory is this process's own. */
    Optional<Arena.SharedFile> sharedFile();

    /** Ends all sessions. Later calls throw Closed. */
    @Override
    void close();

    /** Whoever listens to the changes. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
