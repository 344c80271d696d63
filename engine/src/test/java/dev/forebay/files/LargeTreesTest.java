package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotEmpty;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Trees as deep and directories as wide as somebody careless or hostile makes them. */
class LargeTreesTest {
    /** One-letter names that fill the longest path. */
    private static final int DEPTH = 4_096;

    private static final FileEngine.ListOptions RECURSIVE =
            new FileEngine.ListOptions(true, MetadataLoad.ONCE);

    private final EngineFixture files = EngineFixture.inMemory();

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void deepestTreeIsMadeListedRenamedAndDeleted() {
        String deepest = "/a".repeat(DEPTH);
        files.mkdir(deepest);
        assertThat(files.stat(deepest).directory()).isTrue();
        assertThat(files.list("/", RECURSIVE)).hasSize(DEPTH).endsWith(deepest);
        files.rename("/a", "/b");
        assertThat(files.exists("/b" + "/a".repeat(DEPTH - 1))).isTrue();
        assertThatThrownBy(() -> files.engine.delete(ROOT, path("/b"), DeleteOptions.DEFAULT))
                .isInstanceOf(NotEmpty.class);
        files.delete("/b");
        assertThat(files.list("/", RECURSIVE)).isEmpty();
    }

    @Test
    void tenThousandLevelsAreRefused() {
        assertThatThrownBy(() -> path("/a".repeat(10_000))).isInstanceOf(Invalid.class);
    }

    private void makeListAndDelete(int count) {
        for (int i = 0; i < count; i++) {
            files.mkdir("/wide/%06d".formatted(i));
        }
        assertThat(files.stat("/wide").length()).isEqualTo(count);
        assertThat(files.list("/wide"))
                .hasSize(count)
                .isSorted()
                .startsWith("/wide/000000")
                .endsWith("/wide/%06d".formatted(count - 1));
        files.delete("/wide");
        assertThat(files.exists("/wide")).isFalse();
    }

    @Test
    void fiveThousandEntriesInOneDirectory() {
        makeListAndDelete(5_000);
    }

    @Tag("slow")
    @Test
    void hundredThousandEntriesInOneDirectory() {
        makeListAndDelete(100_000);
    }
}
