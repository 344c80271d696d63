package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class RocksMetaStoreTest extends MetaStoreContract {
    @TempDir Path directory = Path.of("");

    @Override
    MetaStore open() {
        return openAt(directory.resolve("made").resolve("store"), SPACES);
    }

    static RocksMetaStore openAt(Path directory, List<Space> spaces) {
        return RocksMetaStore.open(directory, spaces, RocksSettings.standard(), Clock.system());
    }

    @Test
    void entriesAreThereAfterOpeningAgain() {
        Bytes.put(store, ROWS, "aa1", "row");
        Bytes.put(store, FILES, "f", "x".repeat(10_000));
        store.close();
        store = open();
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "aa1"))).isEqualTo("row");
        assertThat(store.<String>read(reader -> Bytes.at(reader, FILES, "f"))).hasSize(10_000);
    }

    @Test
    void aSecondOpeningIsRefusedAndNamesTheDirectory() {
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidState.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void spacesThatAreNotNamedAreKeptAndSpacesCanBeAdded() {
        Bytes.put(store, ROWS, "aa1", "row");
        store.close();
        Space added = Space.of("added", 8);
        Path path = directory.resolve("made").resolve("store");
        try (var other = openAt(path, List.of(PLAIN, added))) {
            Bytes.put(other, added, "k", "v");
            assertThatThrownBy(() -> Bytes.put(other, ROWS, "k", "v")).isInstanceOf(Invalid.class);
        }
        store = open();
        assertThat(store.<String>read(reader -> Bytes.at(reader, ROWS, "aa1"))).isEqualTo("row");
    }

    @Test
    void twoSpacesOfOneNameAreRefused() {
        assertThatThrownBy(() -> openAt(directory, List.of(ROWS, Space.of("rows", 3))))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void aPrefixLengthMayChange() {
        for (int i = 0; i < 100; i++) {
            Bytes.put(store, ROWS, "aa%02d".formatted(i), "row");
        }
        store.close();
        Space longer = Space.of("rows", 3);
        try (var other = openAt(directory.resolve("made").resolve("store"), List.of(longer))) {
            assertThat(
                            other.<List<String>>read(
                                    reader ->
                                            Bytes.list(
                                                    reader,
                                                    longer,
                                                    KeyRange.prefix(Bytes.of("aa1")))))
                    .hasSize(10);
        }
    }

    @Test
    void verifyingReadsEverySpace() {
        Bytes.put(store, ROWS, "aa1", "row");
        Bytes.put(store, FILES, "f", "x".repeat(10_000));
        List<String> verified = new ArrayList<>();
        ((Verifiable) store)
                .verify(
                        (space, entries, bytes) ->
                                verified.add(space + " " + entries + " " + bytes));
        assertThat(verified).containsExactlyInAnyOrder("rows 1 6", "files 1 10001", "plain 0 0");
    }
}
