package dev.forebay.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.forebay.testkit.FaultyDisk;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class FolderSyncTest {
    private static final Path FOLDER = Path.of("/data");
    private static final int ASKERS = 50;

    private final FaultyDisk disk = new FaultyDisk();
    private final FolderSync sync = new FolderSync(disk, FOLDER);

    @Test
    void eachLoneRequestSyncs() throws IOException {
        disk.createDirectories(FOLDER);
        long before = disk.operations();
        sync.sync();
        sync.sync();
        assertThat(disk.operations() - before).isEqualTo(2);
    }

    @Test
    void requestsAtTheSameTimeShareSyncs() throws Exception {
        disk.createDirectories(FOLDER);
        long before = disk.operations();
        List<Future<?>> askers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            synchronized (disk) {
                // the first one's sync waits for the disk until all have asked
                for (int i = 0; i < ASKERS; i++) {
                    askers.add(threads.submit(() -> syncOnce()));
                }
                while (sync.askedCount() < ASKERS) {
                    Thread.onSpinWait();
                }
            }
            for (Future<?> asker : askers) {
                asker.get();
            }
        }
        assertThat(disk.operations() - before).isLessThanOrEqualTo(2);
    }

    private boolean syncOnce() throws IOException {
        sync.sync();
        return true;
    }

    @Test
    void failureReachesTheAskerAndTheNextTriesAgain() throws IOException {
        disk.createDirectories(FOLDER);
        disk.failSyncs(true);
        assertThatIOException().isThrownBy(sync::sync);
        disk.failSyncs(false);
        long before = disk.operations();
        sync.sync();
        assertThat(disk.operations() - before).isEqualTo(1);
    }
}
