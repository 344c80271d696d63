package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Randomness;
import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Flips, cuts and removes parts of the files and looks at what a store says then. */
class MetaStoreDamageTest {
    private static final Space ROWS = MetaStoreContract.ROWS;
    private static final Space FILES = MetaStoreContract.FILES;
    private static final int ENTRIES = 150;

    @TempDir Path directory = Path.of("");

    private Path sound() {
        return directory.resolve("sound");
    }

    private static RocksMetaStore open(Path path) {
        return RocksMetaStoreTest.openAt(path, MetaStoreContract.SPACES);
    }

    private static byte[] value(int i) {
        return Bytes.of(("value " + i + ";").repeat(i % 100 + 1));
    }

    private static byte[] key(int i) {
        return Bytes.of("%05d".formatted(i));
    }

    private static void fill(MetaStore store) {
        for (int i = 0; i < ENTRIES; i++) {
            int number = i;
            store.<Boolean>transact(
                    transaction -> {
                        transaction.put(ROWS, key(number), value(number));
                        transaction.put(FILES, key(number), value(number));
                        return true;
                    });
        }
    }

    /** A closed store, all in table and blob files. */
    private void makeTables() {
        try (MetaStore store = open(sound())) {
            fill(store);
        }
    }

    /** What a crash leaves: the files of an open store, all entries in the log. */
    private void makeLog() throws IOException {
        Path live = directory.resolve("live");
        try (MetaStore store = open(live)) {
            fill(store);
            copy(live, sound());
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    private static void remove(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static List<Path> files(Path path, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /** A copy of the sound store, to be damaged. */
    private Path fresh() throws IOException {
        Path path = directory.resolve("damaged");
        if (Files.exists(path)) {
            remove(path);
        }
        copy(sound(), path);
        return path;
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
    }

    /**
     * Opens and reads everything.
     *
     * @return the error met, or how many entries were there, all of them right
     */
    private static Object readAll(Path path) {
        try (RocksMetaStore store = open(path)) {
            store.verify((_, _, _) -> {});
            return store.<Integer>read(MetaStoreDamageTest::countRight);
        } catch (ForebayException e) {
            return e;
        }
    }

    private static int countRight(Reader reader) {
        int found = 0;
        for (int i = 0; i < ENTRIES; i++) {
            Optional<byte[]> row = reader.get(ROWS, key(i));
            Optional<byte[]> file = reader.get(FILES, key(i));
            assertThat(row.isPresent()).isEqualTo(file.isPresent());
            if (row.isPresent() && file.isPresent()) {
                assertThat(row.get()).isEqualTo(value(i));
                assertThat(file.get()).isEqualTo(value(i));
                assertThat(found).as("entries before are there").isEqualTo(i);
                found++;
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {".sst", ".blob"})
    void aFlippedBitInATableOrBlobFileIsReportedOrHarmless(String suffix) throws IOException {
        makeTables();
        var random = Randomness.seeded(suffix.hashCode());
        int reported = 0;
        for (int i = 0; i < 10; i++) {
            Path path = fresh();
            List<Path> files = files(path, suffix);
            Path file = files.get(random.below(files.size()));
            flip(file, random.below((int) Files.size(file)));
            Object outcome = readAll(path);
            assertThat(outcome).isIn(ENTRIES, outcome instanceof Corrupt ? outcome : ENTRIES);
            reported += outcome instanceof Corrupt ? 1 : 0;
        }
        assertThat(reported).isGreaterThan(5);
    }

    @Test
    void aDamagedBlockIsNotServedWhileTheOthersAre() throws IOException {
        makeTables();
        Path path = fresh();
        Path blob = files(path, ".blob").getFirst();
        flip(blob, (int) Files.size(blob) / 2);
        int damaged = 0;
        try (MetaStore store = open(path)) {
            for (int i = 0; i < ENTRIES; i++) {
                int number = i;
                try {
                    store.<Boolean>read(
                            reader -> {
                                assertThat(reader.get(FILES, key(number)))
                                        .hasValueSatisfying(
                                                value ->
                                                        assertThat(value).isEqualTo(value(number)));
                                return true;
                            });
                } catch (Corrupt e) {
                    damaged++;
                }
            }
        }
        assertThat(damaged).isEqualTo(1);
    }

    @Test
    void aFlippedBitInTheLogIsRefusedUnlessInTheLastWrite() throws IOException {
        makeLog();
        var random = Randomness.seeded(7);
        for (int i = 0; i < 10; i++) {
            Path path = fresh();
            Path log = log(path);
            int at = random.below(written(Files.readAllBytes(log)));
            flip(log, at);
            assertRefusedOrLastLost(readAll(path), "flip at " + at);
        }
    }

    /** Each byte of a header in the middle of the log, whose length and type rule what follows. */
    @Test
    void everyFlippedByteOfARecordHeaderIsRefused() throws IOException {
        makeLog();
        int second = secondRecord(Files.readAllBytes(log(fresh())));
        for (int i = 0; i < 7; i++) {
            Path path = fresh();
            flip(log(path), second + i);
            assertThat(readAll(path)).as("byte %d", i).isInstanceOf(Corrupt.class);
        }
    }

    private static int secondRecord(byte[] log) {
        return 7 + (log[4] & 0xff) + ((log[5] & 0xff) << 8);
    }

    @Test
    void zerosInTheMiddleOfTheLogAreRefused() throws IOException {
        makeLog();
        Path path = fresh();
        byte[] bytes = Files.readAllBytes(log(path));
        Arrays.fill(bytes, 4096, 8192, (byte) 0);
        Files.write(log(path), bytes);
        assertThat(readAll(path)).isInstanceOf(Corrupt.class);
    }

    @Test
    void refusingChangesNothingSoThatTheLogCanBePutBack() throws IOException {
        makeLog();
        Path path = fresh();
        byte[] bytes = Files.readAllBytes(log(path));
        flip(log(path), 5000);
        assertThat(readAll(path)).isInstanceOf(Corrupt.class);
        Files.write(log(path), bytes);
        assertThat(readAll(path)).isEqualTo(ENTRIES);
    }

    @Test
    void aCutLogLosesOnlyWhatWasCut() throws IOException {
        makeLog();
        var random = Randomness.seeded(8);
        for (int i = 0; i < 5; i++) {
            Path path = fresh();
            byte[] bytes = Files.readAllBytes(log(path));
            int cut = random.below(600);
            Files.write(log(path), Arrays.copyOf(bytes, written(bytes) - cut));
            assertThat(readAll(path)).isInstanceOf(Integer.class);
        }
    }

    /** A log that was replayed and deleted may be back after a loss of power, torn as it was. */
    @Test
    void damageInALogThatIsNoLongerNeededDoesNotMatter() throws IOException {
        makeLog();
        Path path = fresh();
        Path old = log(path);
        byte[] bytes = Files.readAllBytes(old);
        bytes[written(bytes) / 2] ^= 1;
        Path later = directory.resolve("later");
        try (MetaStore store = open(path)) {
            Bytes.put(store, ROWS, "later", "v");
            copy(path, later);
        }
        Files.write(later.resolve(String.valueOf(old.getFileName())), bytes);
        try (MetaStore store = open(later)) {
            assertThat(store.<Integer>read(MetaStoreDamageTest::countRight)).isEqualTo(ENTRIES);
            assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "later")))
                    .isEqualTo("v");
        }
    }

    @Test
    void aTornLastWriteIsDroppedAlone() throws IOException {
        makeLog();
        Path path = fresh();
        byte[] bytes = Files.readAllBytes(log(path));
        int end = written(bytes);
        Arrays.fill(bytes, end - 40, end - 10, (byte) 0);
        Files.write(log(path), bytes);
        assertThat(readAll(path)).isEqualTo(ENTRIES - 1);
        assertThat(readAll(path)).isEqualTo(ENTRIES - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", ".sst", ".blob"})
    void aMissingFileIsReported(String suffix) throws IOException {
        makeTables();
        Path path = fresh();
        Files.delete(files(path, suffix).getFirst());
        assertThat(readAll(path)).isInstanceOf(Corrupt.class);
        assertThat(files(path, ".blob").size() + files(path, ".sst").size()).isPositive();
    }

    @Test
    void aDamagedManifestIsReported() throws IOException {
        makeTables();
        Path path = fresh();
        try (Stream<Path> files = Files.list(path)) {
            Path manifest =
                    files.filter(file -> file.toString().contains("MANIFEST"))
                            .findFirst()
                            .orElseThrow();
            flip(manifest, (int) Files.size(manifest) / 2);
        }
        assertThatThrownBy(() -> open(path).close()).isInstanceOf(Corrupt.class);
    }

    /** Where writes to a log end; behind it is what was laid out for more. */
    private static int written(byte[] log) {
        int end = log.length;
        while (log[end - 1] == 0) {
            end--;
        }
        assertThat(end).isLessThan(log.length - 1000);
        return end;
    }

    private static Path log(Path path) throws IOException {
        List<Path> logs = files(path, ".log");
        return logs.getLast();
    }

    private static void assertRefusedOrLastLost(Object outcome, String what) {
        if (!(outcome instanceof Corrupt)) {
            assertThat(outcome).as(what).isEqualTo(ENTRIES - 1);
        }
    }
}
