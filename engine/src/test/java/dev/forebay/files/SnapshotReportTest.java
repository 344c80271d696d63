package dev.forebay.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.InodeId;
import dev.forebay.base.Name;
import dev.forebay.base.PersistenceState;
import dev.forebay.base.Principal;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How differences are told directory by directory. */
class SnapshotReportTest {
    private static final FilePath ROOT = FilePath.parse("/d");

    private final List<Snapshots.Change> changes = new ArrayList<>();

    private void change(Snapshots.Kind kind, String path) {
        changes.add(new Snapshots.Change(kind, FilePath.parse(path), Optional.empty()));
    }

    private void modified(String... paths) {
        for (String path : paths) {
            change(Snapshots.Kind.MODIFIED, path);
        }
    }

    private void renamed(String path, String target) {
        changes.add(
                new Snapshots.Change(
                        Snapshots.Kind.RENAMED,
                        FilePath.parse(path),
                        Optional.of(FilePath.parse(target))));
    }

    private SnapshotReport report(String from, String to) {
        return SnapshotReport.of(
                new Known(changes),
                Principal.node("root"),
                new SnapshotReport.Between(ROOT, moment(from), moment(to)));
    }

    private static Optional<Name> moment(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(Name.of(name));
    }

    private static List<String> text(List<SnapshotReport.Entry> entries) {
        return entries.stream()
                .map(
                        each ->
                                each.kind().name().charAt(0)
                                        + " "
                                        + each.path()
                                        + each.target().map(target -> " " + target).orElse("")
                                        + " in "
                                        + entries.get(each.directory()).path())
                .toList();
    }

    private List<String> forth() {
        return text(report("old", "young").changes());
    }

    @Test
    void aDirectoryComesBeforeWhatIsInIt() {
        change(Snapshots.Kind.CREATED, "/b/made");
        change(Snapshots.Kind.DELETED, "/b/gone");
        modified("/b!", "/b/file", "/", "/b");
        change(Snapshots.Kind.CREATED, "/made");

        assertThat(forth())
                .containsExactly(
                        "M / in /",
                        "C /made in /",
                        "M /b in /b",
                        "C /b/made in /b",
                        "D /b/gone in /b",
                        "M /b/file in /b/file",
                        "M /b! in /b!");
    }

    @Test
    void pathsAreThoseOfTheEarlierMoment() {
        modified("/", "/a", "/a/b");
        renamed("/a", "/c");
        renamed("/a/b", "/c/e");
        change(Snapshots.Kind.CREATED, "/c/e/made");

        assertThat(forth())
                .containsExactly(
                        "M / in /",
                        "R /a /c in /",
                        "M /a in /a",
                        "R /a/b /c/e in /a",
                        "M /a/b in /a/b",
                        "C /a/b/made in /a/b");
    }

    @Test
    void aNameTakenByAnotherDirectoryIsNotMistakenForIt() {
        modified("/", "/a");
        renamed("/a", "/b");
        change(Snapshots.Kind.CREATED, "/a");
        change(Snapshots.Kind.CREATED, "/b/made");
        renamed("/f", "/a/f");

        assertThat(forth())
                .containsExactly(
                        "M / in /",
                        "C /a in /",
                        "R /a /b in /",
                        "R /f /a/f in /",
                        "M /a in /a",
                        "C /a/made in /a");
    }

    @Test
    void whatLeftADirectoryThatIsGoneWasMade() {
        modified("/");
        change(Snapshots.Kind.DELETED, "/a");
        renamed("/a/f", "/f");
        change(Snapshots.Kind.CREATED, "/n");
        renamed("/a/g", "/n/g");

        assertThat(forth()).containsExactly("M / in /", "C /f in /", "C /n in /", "D /a in /");
    }

    @Test
    void theOtherDirectionIsTurnedRound() {
        modified("/");
        change(Snapshots.Kind.CREATED, "/made");
        change(Snapshots.Kind.DELETED, "/gone");
        renamed("/a", "/b");
        String[] back = {"M / in /", "D /made in /", "R /b /a in /", "C /gone in /"};

        SnapshotReport report = report("young", "old");
        assertThat(report.fromEarlier()).isFalse();
        assertThat(text(report.asked())).containsExactly(back);
        assertThat(text(report("", "old").asked())).containsExactly(back);
        assertThat(report("old", "").fromEarlier()).isTrue();
        assertThat(report("old", "").asked()).isEqualTo(report.changes());
    }

    /** Two snapshots, and changes that lead from the older to the younger and to now. */
    private record Known(List<Change> changes) implements Snapshots {
        @Override
        public void allow(Principal caller, FilePath directory) {
            throw new AssertionError(directory);
        }

        @Override
        public void disallow(Principal caller, FilePath directory) {
            throw new AssertionError(directory);
        }

        @Override
        public FilePath create(Principal caller, FilePath directory, Optional<Name> name) {
            throw new AssertionError(directory);
        }

        @Override
        public void delete(Principal caller, FilePath directory, Name name) {
            throw new AssertionError(directory);
        }

        @Override
        public void rename(Principal caller, FilePath directory, Name from, Name to) {
            throw new AssertionError(directory);
        }

        @Override
        public List<Root> roots(Principal caller) {
            throw new AssertionError(caller);
        }

        @Override
        public List<Snapshot> list(Principal caller, FilePath directory) {
            return List.of(snapshot(1, "old"), snapshot(2, "young"));
        }

        private static Snapshot snapshot(long number, String name) {
            FileStatus root =
                    new FileStatus(
                            ROOT,
                            new InodeId(7),
                            true,
                            0,
                            new FileStatus.Access("root", "root", 0755),
                            new FileStatus.Times(0, 0, 0),
                            FileStatus.Ttl.NONE,
                            new FileStatus.Layout(0, 0, -1, 0),
                            true,
                            false,
                            PersistenceState.PERSISTED,
                            false,
                            1,
                            "",
                            "",
                            false,
                            List.of());
            return new Snapshot(number, Name.of(name), 0, root);
        }

        @Override
        public List<Change> compare(
                Principal caller, FilePath directory, Optional<Name> from, Optional<Name> to) {
            assertThat(directory).isEqualTo(ROOT);
            assertThat(from).contains(Name.of("old"));
            return changes;
        }
    }
}
