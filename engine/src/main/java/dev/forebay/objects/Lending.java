package dev.forebay.objects;

import dev.forebay.arena.Resident;
import dev.forebay.base.Clock;
import dev.forebay.base.FilePath;
import dev.forebay.base.ObjectId;
import dev.forebay.base.Principal;
import dev.forebay.base.error.InvalidState;
import dev.forebay.files.FileStatus;
import dev.forebay.files.HeldFile;
import dev.forebay.files.SupportsHolding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes objects of the blocks of files, without a copy. The memory stays that of the block cache:
 * once nobody references it, it is evicted before any object that was created as one.
 */
public final class Lending implements Lender, AutoCloseable {
    /** How long blocks stay in memory for those who are told of them. */
    public static final Duration HELD = Duration.ofSeconds(60);

    /** The same for those who did not ask to bring anything in: time enough to reference them. */
    public static final Duration HELD_BRIEFLY = Duration.ofSeconds(5);

    private final SupportsHolding files;
    private final NodeObjectEngine objects;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Loan> loans =
            new PriorityQueue<>(Comparator.comparingLong(Loan::endMillis));

    private record Loan(HeldFile file, long endMillis) {}

    /** Lends files of one engine in another. */
    public Lending(SupportsHolding files, NodeObjectEngine objects, Clock clock) {
        this.files = files;
        this.objects = objects;
        this.clock = clock;
    }

    @Override
    public LentFile lend(Principal caller, FilePath path, boolean load) {
        HeldFile file =
                load
                        ? files.hold(caller, path)
                        : files.holdCached(caller, path)
                                .orElseThrow(
                                        () -> new InvalidState("the file is not in memory", path));
        boolean lent = false;
        try {
            LentFile answer = name(file);
            keep(file, load ? HELD : HELD_BRIEFLY);
            lent = true;
            return answer;
        } finally {
            if (!lent) {
                file.close();
            }
        }
    }

    private LentFile name(HeldFile file) {
        FilePath path = file.status().path();
        String generation = file.status().id() + "." + file.contentGeneration();
        List<ObjectId> ids = new ArrayList<>();
        for (Resident block : file.blocks()) {
            ObjectId id = LentFile.blockId(path, generation, ids.size());
            objects.lend(id, block);
            ids.add(id);
        }
        return new LentFile(
                path,
                generation,
                file.status().length(),
                file.status().layout().blockSize(),
                ids,
                file.status().blocks().stream().map(FileStatus.Block::id).toList());
    }

    private void keep(HeldFile file, Duration time) {
        lock.lock();
        try {
            loans.add(new Loan(file, clock.millis() + time.toMillis()));
        } finally {
            lock.unlock();
        }
    }

    /** Lets go what was held long enough. For a background task, about once a second. */
    public void tick() {
        release(clock.millis());
        objects.forgetVanished();
    }

    private void release(long nowMillis) {
        List<HeldFile> ended = new ArrayList<>();
        lock.lock();
        try {
            while (!loans.isEmpty() && loans.element().endMillis() <= nowMillis) {
                ended.add(loans.remove().file());
            }
        } finally {
            lock.unlock();
        }
        ended.forEach(HeldFile::close);
    }

    /** Lets go everything. */
    @Override
    public void close() {
        release(Long.MAX_VALUE);
    }
}
