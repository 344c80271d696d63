package dev.forebay.files;

import dev.forebay.base.InodeId;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which files have readers or a writer in this process; their blocks are not deleted meanwhile. */
final class OpenFiles {
    private final Map<InodeId, Integer> counts = new ConcurrentHashMap<>();

    void enter(InodeId inode) {
        counts.merge(inode, 1, Integer::sum);
    }

    void leave(InodeId inode) {
        counts.compute(inode, (_, count) -> count == null || count == 1 ? null : count - 1);
    }

    boolean isOpen(InodeId inode) {
        return counts.containsKey(inode);
    }

    int size() {
        return counts.size();
    }
}
