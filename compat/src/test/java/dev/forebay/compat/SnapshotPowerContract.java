package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.FilesException;
import dev.forebay.client.Snapshots;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What the power {@link Snapshots} promises, the same over every wire that has it. */
abstract class SnapshotPowerContract extends FileClientContract {
    private Snapshots snapshots() {
        return files().as(Snapshots.class);
    }

    @Test
    void snapshotsAreMadeReadAndCompared() {
        if (!can(Ability.SNAPSHOTS)) {
            assertThatThrownBy(this::snapshots).isInstanceOf(FilesException.Unimplemented.class);
            return;
        }
        write(at("file"), "before");
        snapshots().allow(at(""));
        String directory = files().stat(at("")).path();
        assertThat(snapshots().create(directory, "first")).isEqualTo(at(".snapshot/first"));
        files().rename(at("file"), at("moved"));
        write(at("made"), "x");
        String unnamed = snapshots().create(directory);
        files().delete(at("made"));

        assertThat(read(at(".snapshot/first/file"))).isEqualTo("before");
        assertThat(snapshots().compare(directory, Optional.of("first"), Optional.empty()))
                .containsExactlyInAnyOrder(
                        new Snapshots.Difference(Snapshots.Kind.MODIFIED, "", Optional.empty()),
                        new Snapshots.Difference(
                                Snapshots.Kind.RENAMED, "file", Optional.of("moved")));
        List<Snapshots.Snapshot> found = snapshots().list(directory);
        assertThat(found)
                .extracting(Snapshots.Snapshot::path)
                .containsExactly(at(".snapshot/first"), unnamed);
        assertThat(found.getFirst().name()).isEqualTo("first");
        assertThat(found.getFirst().createdMillis())
                .isPositive()
                .isLessThanOrEqualTo(found.getLast().createdMillis());
        assertThat(snapshots().roots()).contains(new Snapshots.Root(directory, 2, 65536));

        snapshots().rename(directory, "first", "second");
        snapshots().delete(directory, "second");
        snapshots().delete(directory, found.getLast().name());
        snapshots().disallow(directory);
        assertThat(snapshots().roots()).isEmpty();
    }

    @Test
    void snapshotsThatCannotBeAreRefused() {
        if (!can(Ability.SNAPSHOTS)) {
            return;
        }
        write(at("file"), "x");
        String directory = files().stat(at("")).path();
        assertThatThrownBy(() -> snapshots().create(directory, "s"))
                .isInstanceOf(FilesException.FailedPrecondition.class);
        snapshots().allow(directory);
        snapshots().create(directory, "s");
        snapshots().create(directory, "t");
        assertThatThrownBy(() -> snapshots().create(directory, "s"))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> snapshots().rename(directory, "s", "t"))
                .isInstanceOf(FilesException.AlreadyExists.class);
        assertThatThrownBy(() -> snapshots().rename(directory, "none", "u"))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> snapshots().delete(directory, "none"))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(
                        () -> snapshots().compare(directory, Optional.of("none"), Optional.empty()))
                .isInstanceOf(FilesException.NotFound.class);
        for (String name : List.of("", "a/b", "..", ".snapshot")) {
            assertThatThrownBy(() -> snapshots().create(directory, name))
                    .isInstanceOf(FilesException.InvalidArgument.class);
        }
        assertThatThrownBy(() -> snapshots().disallow(directory))
                .isInstanceOf(FilesException.FailedPrecondition.class);
        assertThatThrownBy(() -> snapshots().allow(at("file")))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> snapshots().list(at("none")))
                .isInstanceOf(FilesException.NotFound.class);
        assertThatThrownBy(() -> write(at(".snapshot/s/new"), "x"))
                .isInstanceOf(FilesException.PermissionDenied.class);
        snapshots().delete(directory, "s");
        snapshots().delete(directory, "t");
        snapshots().disallow(directory);
    }
}
