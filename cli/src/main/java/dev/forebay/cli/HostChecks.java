package dev.forebay.cli;

import dev.forebay.base.Clock;
import dev.forebay.base.Disk;
import dev.forebay.base.LocalDisk;
import dev.forebay.base.Randomness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a node needs of its host. Reads {@code /proc} and {@code /sys} where they are; leaves
 * nothing behind.
 */
final class HostChecks {
    private static final long GIB = 1L << 30;
    private static final int OPEN_FILES_MIN = 65_536;
    private static final int SYNCS = 21;
    private static final double SYNC_SLOW_MILLIS = 20;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Clock clock;
    private final Disk disk = new LocalDisk();

    HostChecks(Clock clock) {
        this.clock = clock;
    }

    /** How good a finding is. */
    enum Level {
        OK,
        WARNING,
        FAILURE
    }

    /**
     * One finding.
     *
     * @param advice what to do; empty when it is fine
     */
    record Finding(String check, Level level, String found, String advice) {
        static Finding ok(String check, String found) {
            return new Finding(check, Level.OK, found, "");
        }

        static Finding warning(String check, String found, String advice) {
            return new Finding(check, Level.WARNING, found, advice);
        }

        static Finding failure(String check, String found, String advice) {
            return new Finding(check, Level.FAILURE, found, advice);
        }
    }

    List<Finding> all(Path data) {
        return List.of(
                java25(),
                memory(),
                sharedMemory(),
                openFiles(),
                diskSpace(data),
                syncLatency(data),
                clockSource(),
                clockSteps());
    }

    private static Finding java25() {
        int feature = Runtime.version().feature();
        return feature >= 25
                ? Finding.ok("java", Runtime.version().toString())
                : Finding.failure("java", Runtime.version().toString(), "install a JDK 25");
    }

    private static Finding memory() {
        Optional<Long> free =
                line(Path.of("/proc/meminfo"), "MemAvailable:").map(HostChecks::kilobytes);
        if (free.isEmpty()) {
            return Finding.warning("memory", "not known", "no /proc here; make sure 1 GB is free");
        }
        return free.get() >= GIB
                ? Finding.ok("memory", Quantities.people(free.get()) + " available")
                : Finding.warning(
                        "memory",
                        Quantities.people(free.get()) + " available",
                        "give the node less with: forebay up --memory 256MB");
    }

    private static Finding sharedMemory() {
        try {
            long free = Files.getFileStore(SHARED_MEMORY).getUsableSpace();
            return free >= GIB
                    ? Finding.ok("shared memory", Quantities.people(free) + " in /dev/shm")
                    : Finding.warning(
                            "shared memory",
                            Quantities.people(free) + " in /dev/shm",
                            "enlarge it: mount -o remount,size=4G /dev/shm"
                                    + " (a container: --shm-size=4g)");
        } catch (IOException e) {
            return Finding.warning(
                    "shared memory", "no /dev/shm", "set a folder in memory for the arena");
        }
    }

    private static Finding openFiles() {
        Optional<Long> limit =
                line(Path.of("/proc/self/limits"), "Max open files")
                        .map(text -> number(text.strip().split("\\s+", 2)[0]));
        if (limit.isEmpty()) {
            return Finding.warning("open files", "not known", "see it with: ulimit -n");
        }
        return limit.get() >= OPEN_FILES_MIN
                ? Finding.ok("open files", limit.get() + " allowed")
                : Finding.warning(
                        "open files",
                        limit.get() + " allowed",
                        "raise it before starting the node: ulimit -n " + OPEN_FILES_MIN);
    }

    private Finding diskSpace(Path data) {
        try {
            Path folder = existing(data);
            long free = disk.usableSpace(folder);
            String found = Quantities.people(free) + " free at " + folder;
            if (free < GIB / 4) {
                return Finding.failure("disk space", found, "make room or use --data elsewhere");
            }
            return free >= 4 * GIB
                    ? Finding.ok("disk space", found)
                    : Finding.warning("disk space", found, "soon full; --data can be elsewhere");
        } catch (IOException e) {
            return Finding.failure("disk space", e.toString(), "choose another folder: --data");
        }
    }

    private Finding syncLatency(Path data) {
        try {
            double[] millis = syncs(existing(data));
            Arrays.sort(millis);
            double median = millis[SYNCS / 2];
            String found =
                    String.format(
                            Locale.ROOT,
                            "median %.2f ms, worst %.2f ms at %s",
                            median,
                            millis[SYNCS - 1],
                            existing(data));
            return median <= SYNC_SLOW_MILLIS
                    ? Finding.ok("sync latency", found)
                    : Finding.warning("sync latency", found, "each durable write waits this long");
        } catch (IOException e) {
            return Finding.failure(
                    "sync latency", e.toString(), "the node must be able to write there");
        }
    }

    private double[] syncs(Path folder) throws IOException {
        Path probe =
                folder.resolve(
                        ".forebay-doctor-" + Long.toHexString(Randomness.secure().nextLong()));
        double[] millis = new double[SYNCS];
        try (Disk.File file = disk.open(probe, Disk.Mode.CREATE)) {
            ByteBuffer block = ByteBuffer.allocate(4096);
            for (int i = 0; i < SYNCS; i++) {
                file.write(i * 4096L, block.clear());
                long start = clock.nanos();
                file.sync();
                millis[i] = (clock.nanos() - start) / 1e6;
            }
        } finally {
            disk.delete(probe);
        }
        return millis;
    }

    private static Finding clockSource() {
        Path source = Path.of("/sys/devices/system/clocksource/clocksource0/current_clocksource");
        String name = line(source, "").map(String::strip).orElse("");
        List<String> slow = List.of("hpet", "acpi_pm", "jiffies");
        return slow.contains(name)
                ? Finding.warning("clock source", name, "slow to read; prefer tsc")
                : Finding.ok("clock source", name.isEmpty() ? "the platform's" : name);
    }

    /** Compares the wall clock with the steady one over a moment. */
    private Finding clockSteps() {
        long wall = clock.millis();
        long steady = clock.nanos();
        try {
            clock.sleep(Duration.ofMillis(50));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long drift = Math.abs(clock.millis() - wall - (clock.nanos() - steady) / 1_000_000);
        boolean plausible = wall > 1_735_689_600_000L;
        if (!plausible) {
            return Finding.failure("clock", Entries.time(wall), "set the clock of this machine");
        }
        return drift <= 20
                ? Finding.ok("clock", Entries.time(wall))
                : Finding.warning(
                        "clock", "stepped by " + drift + " ms", "times to live will be off");
    }

    /** Whether a node could listen on a port of loopback. */
    static boolean bindable(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static Path existing(Path folder) {
        Path path = folder.toAbsolutePath();
        while (path != null && !Files.isDirectory(path)) {
            path = path.getParent();
        }
        return path == null ? Path.of("/") : path;
    }

    /** What follows a prefix in the first line that has it. */
    private static Optional<String> line(Path file, String prefix) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .findFirst();
        } catch (IOException e) {
            // not this kind of system
            return Optional.empty();
        }
    }

    private static long kilobytes(String text) {
        return number(text.strip().split("\\s+", 2)[0]) * 1024;
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : Long.MAX_VALUE;
    }
}
