package dev.forebay.files;

import dev.forebay.base.Clock;
import dev.forebay.base.InodeId;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who writes which file in this process, and what of it readers can see already.
 *
 * <p>Invariant: a file is here from before its first byte is written until after it was completed
 * or dropped.
 */
final class Leases {
    private final Clock clock;
    private final Map<InodeId, Lease> leases = new ConcurrentHashMap<>();
    private final Map<String, Holder> holders = new ConcurrentHashMap<>();
    private final Set<InodeId> beginning = ConcurrentHashMap.newKeySet();
    private final AtomicLong ended = new AtomicLong();

    Leases(Clock clock) {
        this.clock = clock;
    }

    /** What of a file under construction readers can see. */
    record Visible(List<Extent> extents, long length, ByteBuffer inline) {}

    /** One file under construction. */
    final class Lease {
        private final InodeId file;
        private final String holder;
        private final NodeFileWriter writer;
        private volatile @Nullable Visible visible;

        private Lease(InodeId file, String holder, NodeFileWriter writer) {
            this.file = file;
            this.holder = holder;
            this.writer = writer;
        }

        InodeId file() {
            return file;
        }

        /** Who writes; empty for a writer that needs no lease. */
        String holder() {
            return holder;
        }

        NodeFileWriter writer() {
            return writer;
        }

        void show(Visible now) {
            visible = now;
        }

        /** Whether the holder has not renewed for as long as this; never without a holder. */
        boolean idle(Duration limit) {
            Holder known = holders.get(holder);
            return known != null && clock.nanos() - known.renewedNanos > limit.toNanos();
        }
    }

    /** Somebody with one or more leases. */
    private record Holder(int count, long renewedNanos) {}

    /** Notes files whose writing begins; until {@link #enter} nobody else may take them. */
    void begin(List<InodeId> files) {
        beginning.addAll(files);
    }

    void began(List<InodeId> files) {
        files.forEach(beginning::remove);
    }

    boolean beginning(InodeId file) {
        return beginning.contains(file);
    }

    Lease enter(InodeId file, String holder, NodeFileWriter writer) {
        Lease lease = new Lease(file, holder, writer);
        leases.put(file, lease);
        if (!holder.isEmpty()) {
            holders.compute(
                    holder,
                    (_, known) -> new Holder(known == null ? 1 : known.count + 1, clock.nanos()));
        }
        return lease;
    }

    void leave(Lease lease) {
        if (leases.remove(lease.file, lease) && !lease.holder.isEmpty()) {
            holders.computeIfPresent(
                    lease.holder,
                    (_, known) ->
                            known.count == 1
                                    ? null
                                    : new Holder(known.count - 1, known.renewedNanos));
        }
        ended.incrementAndGet();
    }

    void renew(String holder) {
        holders.computeIfPresent(holder, (_, known) -> new Holder(known.count, clock.nanos()));
    }

    Optional<Lease> find(InodeId file) {
        return Optional.ofNullable(leases.get(file));
    }

    Optional<Visible> visible(InodeId file) {
        Lease lease = leases.get(file);
        return lease == null ? Optional.empty() : Optional.ofNullable(lease.visible);
    }

    /** Whether a file has a writer, or gets one at this moment. */
    boolean isWritten(InodeId file) {
        return beginning.contains(file) || leases.containsKey(file);
    }

    /** All leases with a holder. */
    List<Lease> held() {
        return leases.values().stream().filter(lease -> !lease.holder.isEmpty()).toList();
    }

    /**
     * Counts the files that were completed or dropped. Who found a file under construction on a
     * snapshot, and nothing of it here, looks again if the count has changed since.
     */
    long ended() {
        return ended.get();
    }
}
