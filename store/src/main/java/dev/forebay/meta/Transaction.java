package dev.forebay.meta;

import java.util.Optional;

/**
 * The seven verbs of a transaction: {@code get} and {@code scan} of {@link Reader}, and the five
 * here. They map one to one on SQL row locks under READ COMMITTED, see the methods.
 *
 * <p>{@code get} and {@code scan} see what is committed at the moment of the call, with this
 * transaction's own writes on top, and take no lock. Locks are held until the transaction ends and
 * are taken on the key, whether or not it exists. A deadlock undoes the transaction and runs its
 * work again, so work must have no effect outside the transaction.
 */
public interface Transaction extends Reader {
    /**
     * Reads and keeps others from changing the key: SQL's {@code FOR SHARE} or {@code FOR KEY
     * SHARE}.
     */
    Optional<byte[]> getForShare(Space space, byte[] key);

    /** Reads and keeps others from locking the key: SQL's {@code FOR UPDATE}. */
    Optional<byte[]> getForUpdate(Space space, byte[] key);

    /** Writes a key, locking it as {@link #getForUpdate} does. */
    void put(Space space, byte[] key, byte[] value);

    /** Removes a key, locking it as {@link #getForUpdate} does; no error when there is none. */
    void delete(Space space, byte[] key);

    /**
     * Writes a key that must not exist, locking it as {@link #getForUpdate} does.
     *
     * @return false, with nothing written, when the key exists
     */
    boolean insert(Space space, byte[] key, byte[] value);
}
