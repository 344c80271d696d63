package dev.forebay.files;

import dev.forebay.base.InodeId;

import java.util.ArrayList;
import java.util.List;

/**
 * Snapshots of one directory that show an inode.
 *
 * @param root the directory
 * @param above the number behind which they begin, exclusive
 * @param newest the number at which they end, inclusive
 */
record Cover(InodeId root, long above, long newest) {
    /** Those that also came after a number; those given that have none are left out. */
    static List<Cover> since(List<Cover> covers, long number) {
        List<Cover> later = new ArrayList<>();
        for (Cover cover : covers) {
            if (cover.newest > number) {
                later.add(new Cover(cover.root, Math.max(cover.above, number), cover.newest));
            }
        }
        return later;
    }

    /** Both, with one for each directory. */
    static List<Cover> merged(List<Cover> some, List<Cover> others) {
        if (some.isEmpty()) {
            return others;
        }
        List<Cover> all = new ArrayList<>(some);
        for (Cover other : others) {
            int at = indexOf(all, other.root);
            if (at < 0) {
                all.add(other);
            } else {
                Cover one = all.get(at);
                all.set(
                        at,
                        new Cover(
                                one.root,
                                Math.min(one.above, other.above),
                                Math.max(one.newest, other.newest)));
            }
        }
        return all;
    }

    private static int indexOf(List<Cover> covers, InodeId root) {
        for (int i = 0; i < covers.size(); i++) {
            if (covers.get(i).root.equals(root)) {
                return i;
            }
        }
        return -1;
    }
}
