package dev.forebay.arena;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Who holds a resident, by identity. Two holders, nearly always enough, need no memory of their
 * own. Not safe for use by several threads.
 */
@SuppressWarnings("ReferenceEquality") // Two holders that are equal are still two.
final class Holders {
    private @Nullable Object first;
    private @Nullable Object second;
    private Set<Object> others = Set.of();

    int count() {
        return (first == null ? 0 : 1) + (second == null ? 0 : 1) + others.size();
    }

    /** Returns whether it was not there. */
    boolean add(Object holder) {
        if (first == holder || second == holder || others.contains(holder)) {
            return false;
        }
        if (first == null) {
            first = holder;
        } else if (second == null) {
            second = holder;
        } else {
            addOther(holder);
        }
        return true;
    }

    /** Returns whether it was there. */
    boolean remove(Object holder) {
        if (first == holder) {
            first = null;
        } else if (second == holder) {
            second = null;
        } else {
            return !others.isEmpty() && others.remove(holder);
        }
        return true;
    }

    private void addOther(Object holder) {
        if (others.isEmpty()) {
            others = Collections.newSetFromMap(new IdentityHashMap<>());
        }
        others.add(holder);
    }
}
