package dev.forebay.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.arena.Arena.Kind;
import dev.forebay.arena.Arena.Request;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SharedArenaTest extends ArenaContract {
    private static final long DISK_SECTOR = 512;
    private static final int O_CLOEXEC = 02000000;

    @Override
    Arena open(ArenaOptions options) {
        return SharedArena.open(options);
    }

    @Test
    void otherProcessReadsAndWritesTheBytes() throws IOException, InterruptedException {
        Resident resident = allocate(Kind.OBJECT, 100_000, "a");
        resident.segment().setString(99_000, "from the node");

        Process other =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ArenaVisitor.class.getName(),
                                fileOfTheArena().toString(),
                                Long.toString(resident.offset() + 99_000))
                        .redirectErrorStream(true)
                        .start();
        String seen = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(seen).isEqualTo("from the node");
        assertThat(other.waitFor()).isZero();
        assertThat(resident.segment().getString(99_000)).isEqualTo("from the visitor");
    }

    @Test
    void lengthIsThatOfTheFile() throws IOException {
        Arena.SharedFile file = arena.sharedFile().orElseThrow();

        assertThat(file.length()).isEqualTo(Files.size(fileOfTheArena()));
        assertThat(file.length() % NativeMemory.pageSize()).isZero();
        assertThat(file.length()).isGreaterThanOrEqualTo(64L << 30);
    }

    @Test
    void descriptorDoesNotPassToChildren() throws IOException {
        int descriptor = arena.sharedFile().orElseThrow().descriptor();
        String facts = Files.readString(Path.of("/proc/self/fdinfo", "" + descriptor));

        String flags = facts.lines().filter(l -> l.startsWith("flags:")).findFirst().orElseThrow();
        assertThat(Integer.parseInt(flags.substring(6).strip(), 8) & O_CLOEXEC).isNotZero();
    }

    @Test
    void backedIsWhatTheSystemCounts() throws IOException {
        List<Resident> residents = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            residents.add(allocate(Kind.OBJECT, 1 + i * 997 % 40_000, "a"));
            residents.add(
                    arena.allocate(new Request(Kind.FILE_BLOCK, i, 1 << 20), holder, () -> {}));
            if (i % 3 == 0) {
                residents.get(i).seal();
                residents.get(i).release(holder);
            }
        }
        assertThat(arena.statistics().backed()).isEqualTo(bytesOfTheFile());

        ((SharedArena) arena).trimIdle();
        ((SharedArena) arena).trimIdle();
        assertThat(arena.statistics().backed()).isEqualTo(bytesOfTheFile());
    }

    @Test
    void idleMemoryGoesBackAtTheSecondTrim() throws IOException {
        Resident kept = allocate(Kind.OBJECT, 4096, "kept");
        kept.segment().fill((byte) 5);
        allocate(Kind.OBJECT, 5_000_000, "a").release(holder);
        SharedArena shared = (SharedArena) arena;

        assertThat(shared.trimIdle()).isZero();
        assertThat(bytesOfTheFile()).isGreaterThan(5_000_000);
        assertThat(shared.trimIdle()).isGreaterThan(4_900_000);

        assertThat(bytesOfTheFile()).isLessThan(100_000);
        assertFilled(kept, (byte) 5);
    }

    @Test
    void memoryInUseIsNotIdle() {
        SharedArena shared = (SharedArena) arena;
        shared.trimIdle();
        allocate(Kind.OBJECT, 5_000_000, "a").release(holder);
        shared.trimIdle();
        Resident again = allocate(Kind.OBJECT, 5_000_000, "again");

        assertThat(shared.trimIdle()).isLessThan(100_000);
        again.segment().fill((byte) 1);
    }

    private Path fileOfTheArena() {
        return Path.of(
                "/proc/" + ProcessHandle.current().pid() + "/fd",
                Integer.toString(arena.sharedFile().orElseThrow().descriptor()));
    }

    private long bytesOfTheFile() throws IOException {
        Process stat =
                new ProcessBuilder("stat", "-L", "-c", "%b", fileOfTheArena().toString()).start();
        String blocks = new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(blocks.strip()) * DISK_SECTOR;
    }
}
