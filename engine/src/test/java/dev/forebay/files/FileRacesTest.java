package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;
import static dev.forebay.files.EngineFixture.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Races that must never end in an orphan, a cycle, or two winners. */
class FileRacesTest {
    private static final int ROUNDS = 100;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private EngineFixture files;

    @BeforeEach
    void open() {
        files = EngineFixture.inMemory();
    }

    @AfterEach
    void close() {
        threads.close();
        files.close();
    }

    private void together(List<Runnable> tasks) throws InterruptedException, ExecutionException {
        List<Future<?>> running = new ArrayList<>();
        for (Runnable task : tasks) {
            running.add(threads.submit(task));
        }
        for (Future<?> task : running) {
            task.get();
        }
    }

    private void requireSound() {
        List<NamespaceCheck.Finding> findings = new ArrayList<>();
        NamespaceCheck.run(files.meta, files.blocks, false, findings::add);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == NamespaceCheck.Severity.DAMAGE)
                .isEmpty();
    }

    @Test
    void oneOfManyCreatorsWins() throws InterruptedException, ExecutionException {
        for (int round = 0; round < ROUNDS; round++) {
            String path = "/f" + round;
            AtomicInteger winners = new AtomicInteger();
            List<Runnable> creators = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                creators.add(
                        () -> {
                            try {
                                files.write(path, pattern(10), CreateOptions.DEFAULT);
                                winners.incrementAndGet();
                            } catch (AlreadyExists e) {
                                assertThat(e.subject()).isEqualTo(path);
                            }
                        });
            }
            together(creators);
            assertThat(winners).hasValue(1);
        }
        requireSound();
    }

    @Test
    void createInADirectoryBeingRemovedLeavesNoOrphan()
            throws InterruptedException, ExecutionException {
        for (int round = 0; round < ROUNDS; round++) {
            files.mkdir("/d");
            AtomicInteger created = new AtomicInteger();
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String path = "/d/f" + i;
                tasks.add(
                        () -> {
                            try {
                                files.write(path, pattern(10), CreateOptions.DEFAULT);
                                created.incrementAndGet();
                            } catch (NotFound e) {
                                assertThat(e).isNotNull();
                            }
                        });
            }
            tasks.add(
                    () -> {
                        try {
                            files.engine.delete(ROOT, path("/d"), DeleteOptions.DEFAULT);
                        } catch (NotEmpty e) {
                            assertThat(e.subject()).isEqualTo("/d");
                        }
                    });
            together(tasks);
            requireSound();
            if (files.exists("/d")) {
                assertThat(files.list("/d")).hasSize(created.get());
                files.delete("/d");
            } else {
                assertThat(created).hasValue(0);
            }
        }
    }

    @Test
    void crossingDirectoryRenamesMakeNoCycle() throws InterruptedException, ExecutionException {
        for (int round = 0; round < ROUNDS; round++) {
            files.mkdir("/a/x");
            files.mkdir("/b/y");
            together(List.of(rename("/a", "/b/y/a"), rename("/b", "/a/x/b")));
            requireSound();
            List<String> all =
                    files.list("/", new FileEngine.ListOptions(true, MetadataLoad.NEVER));
            assertThat(all).hasSize(4);
            files.list("/").forEach(files::delete);
        }
    }

    private Runnable rename(String source, String target) {
        return () -> {
            try {
                files.rename(source, target);
            } catch (ForebayException e) {
                // one of the two must give way, in one of several ways
                assertThat(e.subject()).isNotEmpty();
            }
        };
    }

    @Test
    void recursiveDeleteUnderCreatorsIsSound() throws InterruptedException, ExecutionException {
        for (int round = 0; round < 20; round++) {
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = round * 4 + i;
                tasks.add(
                        () -> {
                            for (int j = 0; j < 10; j++) {
                                files.write("/t/" + number + "/" + j, pattern(100_000));
                            }
                        });
            }
            tasks.add(
                    () -> {
                        for (int j = 0; j < 5; j++) {
                            try {
                                files.delete("/t");
                            } catch (NotFound e) {
                                assertThat(e).isNotNull();
                            }
                        }
                    });
            together(tasks);
            requireSound();
        }
        if (files.exists("/t")) {
            files.delete("/t");
        }
        assertThat(files.arena.used()).isZero();
    }
}
