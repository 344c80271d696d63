package dev.forebay.meta;

import dev.forebay.base.Randomness;
import dev.forebay.base.error.Invalid;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Immutable trees behind one reference, so that a group becomes visible in one step. */
final class MemoryStorage implements Storage {
    /** Balances the trees; which numbers they are has no other effect, so the seed is fixed. */
    private final Randomness priorities = Randomness.seeded(1);

    private final AtomicReference<Map<Space, SortedTree>> current;
    private final AtomicLong writtenBytes = new AtomicLong();

    MemoryStorage(List<Space> spaces) {
        Map<Space, SortedTree> trees = new HashMap<>();
        spaces.forEach(space -> trees.put(space, SortedTree.EMPTY));
        current = new AtomicReference<>(Map.copyOf(trees));
    }

    @Override
    public void require(Space space) {
        tree(current.get(), space);
    }

    private static SortedTree tree(Map<Space, SortedTree> trees, Space space) {
        SortedTree tree = trees.get(space);
        if (tree == null) {
            throw new Invalid("a space that was not declared at opening", space.name());
        }
        return tree;
    }

    @Override
    public Reader latest() {
        return new Reader() {
            @Override
            public Optional<byte[]> get(Space space, byte[] key) {
                return snapshot().get(space, key);
            }

            @Override
            public void scan(Space space, KeyRange range, Visitor visitor) {
                snapshot().scan(space, range, visitor);
            }
        };
    }

    @Override
    public View snapshot() {
        return new TreesView(current.get());
    }

    @Override
    public void write(List<WriteSet> group) {
        Map<Space, SortedTree> trees = new HashMap<>(current.get());
        for (WriteSet writes : group) {
            writes.forEach(
                    (space, key, change) ->
                            trees.put(space, with(tree(trees, space), key, change)));
            writtenBytes.addAndGet(writes.bytes());
        }
        current.set(Map.copyOf(trees));
    }

    private SortedTree with(SortedTree tree, byte[] key, WriteSet.Change change) {
        return change.value()
                .map(value -> tree.with(key, value, priorities.nextLong()))
                .orElseGet(() -> tree.without(key));
    }

    @Override
    public Map<String, Long> statistics() {
        return Map.of("written_bytes", writtenBytes.get());
    }

    @Override
    public void close() {
        current.set(Map.of());
    }

    private record TreesView(Map<Space, SortedTree> trees) implements View {
        @Override
        public Optional<byte[]> get(Space space, byte[] key) {
            return tree(trees, space).find(key).map(byte[]::clone);
        }

        @Override
        public void scan(Space space, KeyRange range, Visitor visitor) {
            tree(trees, space).scan(range, visitor);
        }

        @Override
        public void close() {
            // The collector frees what nobody refers to.
        }
    }
}
