package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.Randomness;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Kills a process in the middle of its transactions and looks at what it left. */
class MetaStoreCrashTest {
    private static final Space ROWS = MetaStoreContract.ROWS;
    private static final Space PLAIN = MetaStoreContract.PLAIN;
    private static final Space FILES = MetaStoreContract.FILES;
    private static final long NUMBERS_PER_ROUND = 1_000_000;

    @TempDir Path directory = Path.of("");

    private final Set<Long> acknowledged = new HashSet<>();

    @Test
    void acknowledgedTransactionsSurviveTwoKills() throws Exception {
        killAndCheck(2, 300);
    }

    @Test
    @Tag("slow")
    void acknowledgedTransactionsSurviveManyKills() throws Exception {
        killAndCheck(12, 3000);
    }

    private void killAndCheck(int rounds, int acknowledgementsMax) throws Exception {
        long seed = Long.getLong("seed", 1);
        var random = Randomness.seeded(seed);
        for (int round = 0; round < rounds; round++) {
            int before = acknowledged.size();
            runAndKill(round * NUMBERS_PER_ROUND, 1 + random.below(acknowledgementsMax));
            assertThat(acknowledged.size()).as("seed %d", seed).isGreaterThan(before);
            check();
        }
    }

    /** Starts the victim, reads its acknowledgements, kills it, and reads what is in the pipe. */
    private void runAndKill(long firstNumber, int acknowledgements) throws Exception {
        Process victim = start(firstNumber);
        try (BufferedReader lines = victim.inputReader()) {
            for (int i = 0; i < acknowledgements; i++) {
                note(lines.readLine());
            }
            // Of the handle: that of the process itself closes the pipe as well.
            victim.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
            }
        }
        assertThat(victim.waitFor()).isEqualTo(128 + 9);
    }

    private Process start(long firstNumber) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        List.of(
                                java.toString(),
                                "-Xmx128m",
                                "--enable-native-access=ALL-UNNAMED",
                                // RocksDB unpacks its library there and a kill leaves it.
                                "-Djava.io.tmpdir=" + Files.createDirectories(temporary()),
                                "-cp",
                                System.getProperty("java.class.path"),
                                CrashVictim.class.getName(),
                                storeDirectory().toString(),
                                Long.toString(firstNumber)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Path temporary() {
        return directory.resolve("temporary");
    }

    private Path storeDirectory() {
        return directory.resolve("store");
    }

    private void note(@Nullable String line) {
        assertThat(line).as("the victim died by itself").isNotNull();
        if (line != null && line.length() == CrashVictim.LINE_LENGTH) {
            acknowledged.add(Long.parseLong(line));
        }
    }

    private void check() {
        try (MetaStore store =
                RocksMetaStoreTest.openAt(storeDirectory(), MetaStoreContract.SPACES)) {
            store.<Boolean>read(this::checkAll);
        }
    }

    private boolean checkAll(Reader reader) {
        for (long number : acknowledged) {
            assertThat(reader.get(ROWS, CrashVictim.key(number)))
                    .as("acknowledged %d", number)
                    .isPresent();
        }
        Set<Long> rows = new HashSet<>();
        reader.scan(
                ROWS,
                KeyRange.prefix(Bytes.of("k")),
                (key, _) -> rows.add(Long.valueOf(Bytes.text(key).substring(1))));
        for (long number : rows) {
            assertThat(reader.get(FILES, CrashVictim.key(number)))
                    .hasValueSatisfying(
                            value -> assertThat(value).isEqualTo(CrashVictim.content(number)));
        }
        // Not acknowledged ones may be there, but whole and counted.
        assertThat(Bytes.at(reader, PLAIN, "counter")).isEqualTo("" + rows.size());
        assertThat(count(reader, FILES)).isEqualTo(rows.size());
        checkMarkers(reader);
        return true;
    }

    /** Each thread has one marker, the one that its row names. */
    private static void checkMarkers(Reader reader) {
        List<String> markers = Bytes.list(reader, PLAIN, KeyRange.prefix(Bytes.of("k")));
        Set<String> named = new HashSet<>();
        reader.scan(
                ROWS,
                KeyRange.prefix(Bytes.of("t")),
                (_, value) -> named.add(Bytes.text(value) + "=" + Bytes.text(value)));
        assertThat(markers).containsExactlyInAnyOrderElementsOf(named);
    }

    private static int count(Reader reader, Space space) {
        int[] count = {0};
        reader.scan(
                space,
                KeyRange.all(),
                (_, _) -> {
                    count[0]++;
                    return true;
                });
        return count[0];
    }
}
