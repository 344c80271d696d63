package dev.forebay.meta;

import dev.forebay.meta.WriteSet.Change;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Passes on the entries of a scan with the changes of a transaction in between and in place of
 * them, in the order of keys.
 */
final class MergingVisitor implements Reader.Visitor {
    private final Iterator<Map.Entry<byte[], Change>> changes;
    private final Reader.Visitor target;
    private Map.@Nullable Entry<byte[], Change> next;
    private boolean stopped;

    MergingVisitor(NavigableMap<byte[], Change> changes, Reader.Visitor target) {
        this.changes = changes.entrySet().iterator();
        this.target = target;
        advance();
    }

    private void advance() {
        next = changes.hasNext() ? changes.next() : null;
    }

    @Override
    public boolean visit(byte[] key, byte[] value) {
        for (var change = next; change != null && !stopped; change = next) {
            int order = Arrays.compareUnsigned(change.getKey(), key);
            if (order > 0) {
                break;
            }
            pass(change);
            if (order == 0) {
                return !stopped;
            }
        }
        if (!stopped) {
            stopped = !target.visit(key, value);
        }
        return !stopped;
    }

    /** Passes on the changes behind the last entry of the storage. */
    void finish() {
        for (var change = next; change != null && !stopped; change = next) {
            pass(change);
        }
    }

    private void pass(Map.Entry<byte[], Change> change) {
        advance();
        change.getValue()
                .value()
                .ifPresent(
                        value -> stopped = !target.visit(change.getKey().clone(), value.clone()));
    }
}
