package dev.forebay.meta;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/**
 * An immutable ordered map of byte arrays. A change makes another tree that shares all but the path
 * to the change, so that a snapshot is a reference.
 *
 * <p>It is a treap: ordered by key, and a heap by a priority drawn at random for each key, which
 * keeps it balanced on average.
 */
final class SortedTree {
    /** The tree without entries. */
    static final SortedTree EMPTY = new SortedTree(null);

    private final @Nullable Node root;

    private SortedTree(@Nullable Node root) {
        this.root = root;
    }

    private static final class Node {
        final byte[] key;
        final byte[] value;
        final long priority;
        final @Nullable Node left;
        final @Nullable Node right;

        Node(Node entry, @Nullable Node left, @Nullable Node right) {
            this(entry.key, entry.value, entry.priority, left, right);
        }

        Node(byte[] key, byte[] value, long priority, @Nullable Node left, @Nullable Node right) {
            this.key = key;
            this.value = value;
            this.priority = priority;
            this.left = left;
            this.right = right;
        }
    }

    /** The value of a key, not copied. */
    Optional<byte[]> find(byte[] key) {
        for (Node node = root; node != null; ) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            node = order < 0 ? node.left : node.right;
        }
        return Optional.empty();
    }

    /** A tree with this entry in addition or instead; the arrays are kept. */
    SortedTree with(byte[] key, byte[] value, long priority) {
        return new SortedTree(with(root, new Node(key, value, priority, null, null)));
    }

    private static Node with(@Nullable Node node, Node entry) {
        if (node == null) {
            return entry;
        }
        int order = Arrays.compareUnsigned(entry.key, node.key);
        if (order == 0) {
            return new Node(node.key, entry.value, node.priority, node.left, node.right);
        }
        return order < 0 ? withLeft(node, entry) : withRight(node, entry);
    }

    private static Node withLeft(Node node, Node entry) {
        Node left = with(node.left, entry);
        return left.priority <= node.priority
                ? new Node(node, left, node.right)
                : new Node(left, left.left, new Node(node, left.right, node.right));
    }

    private static Node withRight(Node node, Node entry) {
        Node right = with(node.right, entry);
        return right.priority <= node.priority
                ? new Node(node, node.left, right)
                : new Node(right, new Node(node, node.left, right.left), right.right);
    }

    /** A tree without this key. */
    SortedTree without(byte[] key) {
        return new SortedTree(without(root, key));
    }

    private static @Nullable Node without(@Nullable Node node, byte[] key) {
        if (node == null) {
            return null;
        }
        int order = Arrays.compareUnsigned(key, node.key);
        if (order == 0) {
            return join(node.left, node.right);
        }
        return order < 0
                ? new Node(node, without(node.left, key), node.right)
                : new Node(node, node.left, without(node.right, key));
    }

    /** One tree of two, where all keys of the left come before those of the right. */
    private static @Nullable Node join(@Nullable Node left, @Nullable Node right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        return left.priority >= right.priority
                ? new Node(left, left.left, join(left.right, right))
                : new Node(right, join(left, right.left), right.right);
    }

    /** Shows the entries of a range in order, as copies, until the visitor has enough. */
    void scan(KeyRange range, Reader.Visitor visitor) {
        scan(root, range, visitor);
    }

    private static boolean scan(@Nullable Node node, KeyRange range, Reader.Visitor visitor) {
        if (node == null) {
            return true;
        }
        byte[] to = range.to();
        boolean before = Arrays.compareUnsigned(node.key, range.from()) < 0;
        boolean behind = to != null && Arrays.compareUnsigned(node.key, to) >= 0;
        return (before || scan(node.left, range, visitor))
                && (before || behind || visitor.visit(node.key.clone(), node.value.clone()))
                && (behind || scan(node.right, range, visitor));
    }
}
