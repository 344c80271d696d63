package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.BlockId;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.Unavailable;
import dev.forebay.testkit.FaultyDisk;
import dev.forebay.testkit.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class ScrubberTest {
    private static final Path DIRECTORY = Path.of("/data/blocks");
    private static final int LENGTH = 150_000;
    private static final int RATE = 100_000;

    private final FaultyDisk disk = new FaultyDisk();
    private final DiskBlockStore store = DiskBlockStore.open(disk, DIRECTORY);
    private final ManualClock clock = new ManualClock(0);
    private final Scrubber scrubber = new Scrubber(store, clock, RATE);
    private final List<Scrubber.Finding> findings = new ArrayList<>();

    @BeforeEach
    void writeBlocks() {
        for (int i = 1; i <= 4; i++) {
            // one in each of four folders
            BlockId id = new BlockId(i * 256L);
            BlockStoreContract.seal(store, id, BlockStoreContract.content(i, LENGTH));
        }
    }

    @Test
    void passOverSoundBlocksFindsNothingAndKeepsToItsRate() throws InterruptedException {
        scrubber.pass(findings::add);
        assertThat(findings).isEmpty();
        assertThat(scrubber.blocksChecked()).isEqualTo(4);
        assertThat(scrubber.bytesChecked()).isEqualTo(4 * LENGTH);
        assertThat(clock.millis()).isBetween(5_990L, 6_000L);
    }

    @Test
    void damageIsReportedAndThePassGoesOn() throws Exception {
        disk.flipBit(DIRECTORY.resolve("02").resolve("512.block"), 140_000 * 8L);
        disk.cut(DIRECTORY.resolve("03").resolve("768.block"), 100);
        scrubber.pass(findings::add);
        assertThat(findings)
                .extracting(Scrubber.Finding::id)
                .containsExactly(new BlockId(512), new BlockId(768));
        assertThat(findings)
                .extracting(Scrubber.Finding::error)
                .allMatch(error -> error instanceof Corrupt);
        assertThat(scrubber.blocksChecked()).isEqualTo(4);
        assertThat(scrubber.blocksDamaged()).isEqualTo(2);
    }

    @Test
    void unreadableBlocksAreReported() throws InterruptedException {
        disk.failReads(true);
        scrubber.pass(findings::add);
        assertThat(findings).hasSize(4);
        assertThat(findings.getFirst().error()).isInstanceOf(Unavailable.class);
    }

    @Test
    void damageBehindVerifiedChunksIsFound() throws Exception {
        BlockStoreContract.bytes(store, new BlockId(256));
        disk.flipBit(DIRECTORY.resolve("01").resolve("256.block"), 0);
        scrubber.pass(findings::add);
        assertThat(findings).hasSize(1);
    }

    @Test
    void unsealedAndDeletedBlocksAreLeftOut() throws InterruptedException {
        try (BlockWriter writer = store.create(new BlockId(1))) {
            writer.append(ByteBuffer.allocate(10));
            store.delete(new BlockId(256));
            scrubber.pass(findings::add);
        }
        assertThat(findings).isEmpty();
        assertThat(scrubber.blocksChecked()).isEqualTo(3);
    }

    @Test
    void interruptAndCloseEndThePass() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> scrubber.pass(findings::add))
                .isInstanceOf(InterruptedException.class);
        store.close();
        assertThatThrownBy(() -> scrubber.pass(findings::add)).isInstanceOf(Closed.class);
        assertThat(findings).isEmpty();
    }

    @Test
    void heldUpPassDoesNotCatchUpAtFullSpeed() throws IOException, InterruptedException {
        disk.flipBit(DIRECTORY.resolve("01").resolve("256.block"), 0);
        scrubber.pass(_ -> clock.advance(Duration.ofHours(1)));
        // three whole blocks take 4.5 s, of which 1 s may be caught up
        assertThat(clock.millis()).isGreaterThan(3_600_000 + 3_400);
    }
}
