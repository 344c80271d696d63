package dev.forebay.client;

import dev.forebay.base.TtlAction;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Attributes to change; what is absent stays.
 *
 * @param owner new owner
 * @param group new group
 * @param mode new permissions
 * @param pinned whether it is kept in memory; for a directory all below, at once and later
 * @param ttlMillis milliseconds from creation; negative for none
 * @param ttlAction what happens then
 * @param recursive whether owner, group and mode go to all below
 */
public record AttributeChange(
        Optional<String> owner,
        Optional<String> group,
        Optional<Mode> mode,
        Optional<Boolean> pinned,
        OptionalLong ttlMillis,
        Optional<TtlAction> ttlAction,
        boolean recursive) {
    /** Changes nothing. */
    public static final AttributeChange NONE =
            new AttributeChange(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    false);

    /** With a new owner. */
    public AttributeChange withOwner(String value) {
        return new AttributeChange(
                Optional.of(value), group, mode, pinned, ttlMillis, ttlAction, recursive);
    }

    /** With a new group. */
    public AttributeChange withGroup(String value) {
        return new AttributeChange(
                owner, Optional.of(value), mode, pinned, ttlMillis, ttlAction, recursive);
    }

    /** With new permissions. */
    public AttributeChange withMode(Mode value) {
        return new AttributeChange(
                owner, group, Optional.of(value), pinned, ttlMillis, ttlAction, recursive);
    }

    /** Kept in memory, or no longer. */
    public AttributeChange withPinned(boolean value) {
        return new AttributeChange(
                owner, group, mode, Optional.of(value), ttlMillis, ttlAction, recursive);
    }

    /** With a time to live in milliseconds from creation; negative for none. */
    public AttributeChange withTtlMillis(long value) {
        return new AttributeChange(
                owner, group, mode, pinned, OptionalLong.of(value), ttlAction, recursive);
    }

    /** With an action for the end of the time to live. */
    public AttributeChange withTtlAction(TtlAction value) {
        return new AttributeChange(
                owner, group, mode, pinned, ttlMillis, Optional.of(value), recursive);
    }

    /** With owner, group and mode going to all below, or not. */
    public AttributeChange withRecursive(boolean value) {
        return new AttributeChange(owner, group, mode, pinned, ttlMillis, ttlAction, value);
    }
}
