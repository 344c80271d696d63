package dev.forebay.files;

import dev.forebay.base.TtlAction;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Attributes to change; what is absent stays.
 *
 * @param owner new owner
 * @param group new group
 * @param mode permission bits 0 to 07777
 * @param pinned for a directory: all below, now and later
 * @param ttlMillis time to live from creation; every negative value clears it
 * @param ttlAction what happens then
 * @param replicationMin stored only
 * @param replicationMax stored only
 * @param persisted true asks for an unpersisted file to be persisted
 * @param accessedMillis time of last access
 * @param modifiedMillis time of last change
 * @param recursive whether owner, group and mode go to all below
 */
public record AttributeChange(
        Optional<String> owner,
        Optional<String> group,
        OptionalInt mode,
        Optional<Boolean> pinned,
        OptionalLong ttlMillis,
        Optional<TtlAction> ttlAction,
        OptionalInt replicationMin,
        OptionalInt replicationMax,
        Optional<Boolean> persisted,
        OptionalLong accessedMillis,
        OptionalLong modifiedMillis,
        boolean recursive) {
    /** Changes nothing. */
    public static final AttributeChange NONE =
            new AttributeChange(
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    false);

    /** Changes owner, group and mode, as far as they are given. */
    public static AttributeChange ofAccess(
            Optional<String> owner, Optional<String> group, OptionalInt mode) {
        return new AttributeChange(
                owner,
                group,
                mode,
                NONE.pinned,
                NONE.ttlMillis,
                NONE.ttlAction,
                NONE.replicationMin,
                NONE.replicationMax,
                NONE.persisted,
                NONE.accessedMillis,
                NONE.modifiedMillis,
                false);
    }

    /** Changes times, in milliseconds since 1970, as far as they are given. */
    public static AttributeChange ofTimes(OptionalLong accessed, OptionalLong modified) {
        return new AttributeChange(
                NONE.owner,
                NONE.group,
                NONE.mode,
                NONE.pinned,
                NONE.ttlMillis,
                NONE.ttlAction,
                NONE.replicationMin,
                NONE.replicationMax,
                NONE.persisted,
                accessed,
                modified,
                false);
    }
}
