package dev.forebay.base.error;

import java.util.Optional;

/** A quota of names or space does not allow this. */
public final class QuotaExceeded extends ForebayException {
    private final Kind kind;
    private final transient Optional<Excess> excess;
    private final String storageType;

    /** What there is too much of. */
    public enum Kind {
        /** Files and directories. */
        NAMES,
        /** Bytes, on disk or in memory. */
        SPACE,
        /** Bytes that storage policies place on one type of storage. */
        STORAGE_TYPE
    }

    /**
     * By how much.
     *
     * @param kind what there is too much of
     * @param holder who has the quota: a path, an id
     * @param limit what it may hold
     * @param used what it would hold
     */
    public record Excess(Kind kind, String holder, long limit, long used) {
        @Override
        public String toString() {
            return holder + ": " + used + " > " + limit;
        }
    }

    /**
     * Creates the error.
     *
     * @param kind what there is too much of
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public QuotaExceeded(Kind kind, String message, Object subject) {
        super(message, subject, null);
        this.kind = kind;
        this.excess = Optional.empty();
        this.storageType = "";
    }

    /**
     * Creates the error of a quota that says by how much it is exceeded.
     *
     * @param message constant text
     * @param excess by how much
     */
    public QuotaExceeded(String message, Excess excess) {
        this(message, excess, "");
    }

    /**
     * Creates the error of a quota of one type of storage.
     *
     * @param message constant text
     * @param excess by how much
     * @param storageType name of the type; empty for quotas of another kind
     */
    public QuotaExceeded(String message, Excess excess, String storageType) {
        super(message, excess, null);
        this.kind = excess.kind();
        this.excess = Optional.of(excess);
        this.storageType = storageType;
    }

    /**
     * Creates the error of a quota of space.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     */
    public QuotaExceeded(String message, Object subject) {
        this(Kind.SPACE, message, subject);
    }

    /**
     * Creates the error of a quota of space with its cause.
     *
     * @param message constant text
     * @param subject what it is about: a path, an id, a setting
     * @param cause what led to it
     */
    public QuotaExceeded(String message, Object subject, Throwable cause) {
        super(message, subject, cause);
        this.kind = Kind.SPACE;
        this.excess = Optional.empty();
        this.storageType = "";
    }

    /** What there is too much of. */
    public Kind kind() {
        return kind;
    }

    /** By how much; empty where only the kind is known. */
    public Optional<Excess> excess() {
        return excess;
    }

    /** Name of the type of storage; empty unless it is a quota of one. */
    public String storageType() {
        return storageType;
    }
}
