package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.FilePath;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.WriteType;
import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.ReadOnly;
import dev.forebay.base.error.Unsupported;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What snapshots show, who may make them, and what they keep from being done. */
class SnapshotsTest {
    private static final Principal BOB = new Principal("bob", Set.of(), false, "simple", "");

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;
    private final Snapshots snapshots = files.snapshots();

    @BeforeEach
    void makeDirectory() {
        fixture.mkdir("/d");
        snapshots.allow(ROOT, path("/d"));
    }

    @AfterEach
    void close() {
        List<String> findings = new ArrayList<>();
        EngineFixture.eventually(
                () -> fixture.meta.read(reader -> Tree.isEmpty(reader, Tree.TRASH)));
        NamespaceCheck.run(
                fixture.meta,
                fixture.blocks,
                true,
                finding -> {
                    if (finding.severity() == NamespaceCheck.Severity.DAMAGE) {
                        findings.add(finding.text());
                    }
                });
        assertThat(findings).isEmpty();
        fixture.close();
    }

    private static Optional<Name> name(String text) {
        return Optional.of(Name.of(text));
    }

    private void take(String name) {
        snapshots.create(ROOT, path("/d"), name(name));
    }

    private String text(String path) {
        return new String(fixture.read(path), StandardCharsets.UTF_8);
    }

    private void append(String path, String text) {
        try (LeasedWriter writer = files.append(ROOT, path(path), "somebody")) {
            writer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void contentsStayAsTheyWere() {
        fixture.write("/d/changed", "old");
        fixture.write("/d/appended", "begin");
        fixture.write("/d/cut", "a longer text");
        fixture.write("/d/gone", "still here");
        fixture.write("/d/sub/moved", "same");
        take("s");
        fixture.overwrite("/d/changed", EngineFixture.pattern(20_000));
        append("/d/appended", " and end");
        files.truncate(ROOT, path("/d/cut"), 8);
        fixture.delete("/d/gone");
        fixture.rename("/d/sub", "/elsewhere");
        fixture.overwrite("/elsewhere/moved", new byte[] {'o'});
        fixture.write("/d/added", "not there before");

        assertThat(fixture.list("/d/.snapshot")).containsExactly("/d/.snapshot/s");
        assertThat(fixture.list("/d/.snapshot/s"))
                .containsExactly(
                        "/d/.snapshot/s/appended",
                        "/d/.snapshot/s/changed",
                        "/d/.snapshot/s/cut",
                        "/d/.snapshot/s/gone",
                        "/d/.snapshot/s/sub");
        assertThat(text("/d/.snapshot/s/changed")).isEqualTo("old");
        assertThat(text("/d/.snapshot/s/appended")).isEqualTo("begin");
        assertThat(text("/d/.snapshot/s/cut")).isEqualTo("a longer text");
        assertThat(text("/d/.snapshot/s/gone")).isEqualTo("still here");
        assertThat(text("/d/.snapshot/s/sub/moved")).isEqualTo("same");
        assertThat(text("/elsewhere/moved")).isEqualTo("o");
        assertThat(fixture.list("/d")).doesNotContain("/d/.snapshot");
        assertThat(fixture.stat("/d/.snapshot/s").length()).isEqualTo(5);
    }

    @Test
    void largeDirectoriesAreListedAsTheyWere() {
        int names = 2500;
        List<String> before = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            String name = "/f%04d".formatted(i);
            fixture.write("/d" + name, new byte[0]);
            before.add("/d/.snapshot/s" + name);
        }
        take("s");
        for (int i = 0; i < names; i++) {
            if (i % 5 != 0) {
                fixture.delete("/d/f%04d".formatted(i));
            }
            if (i % 3 == 0) {
                fixture.write("/d/f%04d-new".formatted(i), new byte[0]);
            }
        }
        assertThat(fixture.list("/d/.snapshot/s")).containsExactlyElementsOf(before);
        assertThat(fixture.stat("/d/.snapshot/s").length()).isEqualTo(names);
    }

    @Test
    void attributesStayAsTheyWere() {
        fixture.write("/d/f", "x");
        files.setExtendedAttribute(
                ROOT, path("/d/f"), attribute("user.a", "1"), AttributeWrite.CREATE);
        FileStatus before = fixture.stat("/d/f");
        take("s");
        files.setReplication(ROOT, path("/d/f"), 3);
        files.setExtendedAttribute(
                ROOT, path("/d/f"), attribute("user.a", "2"), AttributeWrite.REPLACE);
        files.setExtendedAttribute(
                ROOT, path("/d/f"), attribute("user.b", "3"), AttributeWrite.CREATE);

        FileStatus then = fixture.stat("/d/.snapshot/s/f");
        assertThat(then.layout()).isEqualTo(before.layout());
        assertThat(then.times()).isEqualTo(before.times());
        assertThat(then.id()).isEqualTo(before.id());
        assertThat(files.extendedAttributes(ROOT, path("/d/.snapshot/s/f")))
                .containsExactly(attribute("user.a", "1"));
        assertThat(files.extendedAttributeNames(ROOT, path("/d/f")))
                .containsExactly("user.a", "user.b");
    }

    private static ExtendedAttribute attribute(String name, String value) {
        return new ExtendedAttribute(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void blocksOfSnapshotsAreOpenedByTheirNumbers() {
        byte[] bytes = EngineFixture.pattern(100_000);
        fixture.write("/d/f", bytes);
        take("s");
        fixture.delete("/d/f");
        List<FileStatus.Block> blocks = fixture.stat("/d/.snapshot/s/f").blocks();
        assertThat(blocks).hasSize(2);
        FileStatus.Block last = blocks.getLast();
        assertThat(files.contains(last.id())).isTrue();
        ByteBuffer read = ByteBuffer.allocate((int) last.length());
        try (FileReader reader = files.openBlock(last.id())) {
            reader.read(0, read);
        }
        assertThat(read.array())
                .isEqualTo(Arrays.copyOfRange(bytes, (int) last.offset(), bytes.length));
        snapshots.delete(ROOT, path("/d"), Name.of("s"));
        assertThat(EngineFixture.eventually(() -> !files.contains(last.id()))).isTrue();
        assertThatThrownBy(() -> files.openBlock(last.id()).close()).isInstanceOf(NotFound.class);
    }

    @Test
    void whatOnlyRemovedSnapshotsShowIsGivenUp() {
        fixture.write("/d/first", EngineFixture.pattern(70_000));
        take("s1");
        fixture.delete("/d/first");
        fixture.write("/d/second", EngineFixture.pattern(80_000));
        take("s2");
        fixture.delete("/d/second");
        take("s3");
        snapshots.delete(ROOT, path("/d"), Name.of("s2"));
        assertThat(EngineFixture.eventually(() -> blocks() == 2)).isTrue();
        assertThat(fixture.read("/d/.snapshot/s1/first")).isEqualTo(EngineFixture.pattern(70_000));
        assertThat(fixture.exists("/d/.snapshot/s1/second")).isFalse();
        assertThat(fixture.list("/d/.snapshot/s3")).isEmpty();
        snapshots.delete(ROOT, path("/d"), Name.of("s1"));
        snapshots.delete(ROOT, path("/d"), Name.of("s3"));
        assertThat(
                        EngineFixture.eventually(
                                () -> blocks() == 0 && EngineFixture.kept(fixture.meta) == 0))
                .isTrue();
        assertThat(EngineFixture.eventually(() -> fixture.meta.read(SnapshotRows::newest) == 0))
                .isTrue();
        snapshots.disallow(ROOT, path("/d"));
        fixture.delete("/d");
        assertThat(snapshots.roots(ROOT)).isEmpty();
    }

    private int blocks() {
        List<Object> all = new ArrayList<>();
        fixture.blocks.list(all::add);
        return all.size();
    }

    @Test
    void nothingIsKeptOfWhatNoSnapshotShows() {
        take("s");
        int before = EngineFixture.kept(fixture.meta);
        fixture.mkdir("/other");
        fixture.write("/other/f", EngineFixture.pattern(70_000));
        fixture.overwrite("/other/f", EngineFixture.pattern(7));
        fixture.delete("/other");
        assertThat(EngineFixture.kept(fixture.meta)).isEqualTo(before);
        // of what came after the snapshot only that its name was not there, and the directory with
        // its time, which a comparison does not leave for later
        fixture.write("/d/new", EngineFixture.pattern(70_000));
        snapshots.compare(ROOT, path("/d"), Optional.of(Name.of("s")), Optional.empty());
        int named = EngineFixture.kept(fixture.meta);
        fixture.overwrite("/d/new", EngineFixture.pattern(80_000));
        files.setReplication(ROOT, path("/d/new"), 2);
        fixture.delete("/d/new");
        assertThat(EngineFixture.kept(fixture.meta)).isEqualTo(named);
        assertThat(EngineFixture.eventually(() -> blocks() == 0)).isTrue();
    }

    @Test
    void filesBeingWrittenAreInItWithWhatIsDurable() {
        LeasedWriter writer =
                files.create(
                        ROOT,
                        path("/d/f"),
                        EngineFixture.options(WriteType.ASYNC_THROUGH),
                        "writes");
        writer.write(ByteBuffer.wrap(EngineFixture.pattern(100_000)));
        writer.sync();
        writer.write(ByteBuffer.wrap(EngineFixture.pattern(50_000)));
        writer.flush();
        take("s");
        FileStatus then = fixture.stat("/d/.snapshot/s/f");
        assertThat(then.completed()).isTrue();
        assertThat(then.length()).isEqualTo(100_000);
        assertThat(fixture.read("/d/.snapshot/s/f")).isEqualTo(EngineFixture.pattern(100_000));
        writer.abort();
        assertThat(fixture.exists("/d/f")).isFalse();
        assertThat(fixture.read("/d/.snapshot/s/f")).isEqualTo(EngineFixture.pattern(100_000));
    }

    @Test
    void snapshotsDoNotChange() {
        fixture.write("/d/f", "x");
        take("s");
        assertRefused(() -> fixture.write("/d/.snapshot/s/g", "x"));
        assertRefused(() -> fixture.delete("/d/.snapshot/s/f"));
        assertRefused(() -> fixture.delete("/d/.snapshot/s"));
        assertRefused(() -> fixture.delete("/d/.snapshot"));
        assertRefused(() -> fixture.rename("/d/.snapshot/s/f", "/d/g"));
        assertRefused(() -> fixture.rename("/d/f", "/d/.snapshot/s/g"));
        assertRefused(() -> fixture.mkdir("/d/.snapshot/t"));
        assertRefused(() -> fixture.mkdir("/elsewhere/.snapshot"));
        assertRefused(() -> append("/d/.snapshot/s/f", "y"));
        assertRefused(() -> files.truncate(ROOT, path("/d/.snapshot/s/f"), 0));
        assertRefused(() -> files.setReplication(ROOT, path("/d/.snapshot/s/f"), 2));
        assertRefused(
                () -> files.setAttributes(ROOT, path("/d/.snapshot/s/f"), AttributeChange.NONE));
        assertRefused(
                () ->
                        files.setExtendedAttribute(
                                ROOT,
                                path("/d/.snapshot/s/f"),
                                attribute("user.a", "1"),
                                AttributeWrite.CREATE));
        assertRefused(() -> snapshots.allow(ROOT, path("/d/.snapshot/s")));
        assertThat(text("/d/.snapshot/s/f")).isEqualTo("x");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(PermissionDenied.class);
    }

    @Test
    void whatHoldsSnapshotsStays() {
        fixture.mkdir("/up/d/below");
        fixture.write("/up/d/f", "bytes");
        snapshots.allow(ROOT, path("/up/d"));
        snapshots.create(ROOT, path("/up/d"), name("s"));
        for (String held : List.of("/up/d", "/up")) {
            assertThatThrownBy(() -> fixture.delete(held)).isInstanceOf(InvalidState.class);
            assertThatThrownBy(() -> fixture.rename(held, "/other"))
                    .isInstanceOf(InvalidState.class);
        }
        assertThatThrownBy(() -> snapshots.disallow(ROOT, path("/up/d")))
                .isInstanceOf(InvalidState.class);
        fixture.write("/up/d/g", "more");
        assertThatThrownBy(() -> files.concat(ROOT, path("/up/d/g"), List.of(path("/up/d/f"))))
                .isInstanceOf(InvalidState.class);
        // what came later is in no snapshot
        fixture.write("/up/d/h", "end");
        files.concat(ROOT, path("/up/d/f"), List.of(path("/up/d/g"), path("/up/d/h")));
        assertThat(text("/up/d/f")).isEqualTo("bytesmoreend");
        assertThat(text("/up/d/.snapshot/s/f")).isEqualTo("bytes");
        snapshots.delete(ROOT, path("/up/d"), Name.of("s"));
        fixture.rename("/up/d", "/other");
        assertThat(snapshots.roots(ROOT))
                .extracting(root -> root.status().path().toString())
                .containsExactly("/d", "/other");
    }

    @Test
    void mountsAndSnapshotsKeepApart() {
        fixture.mount("/m", "place", false);
        assertThatThrownBy(() -> snapshots.allow(ROOT, path("/m"))).isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> snapshots.allow(ROOT, path("/"))).isInstanceOf(Unsupported.class);
        assertThatThrownBy(() -> fixture.mount("/d/m", "other", false))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void namesAreChecked() {
        take("s");
        assertThatThrownBy(() -> take("s")).isInstanceOf(AlreadyExists.class);
        take("t");
        assertThatThrownBy(() -> snapshots.rename(ROOT, path("/d"), Name.of("s"), Name.of("t")))
                .isInstanceOf(AlreadyExists.class);
        assertThatThrownBy(() -> snapshots.rename(ROOT, path("/d"), Name.of("x"), Name.of("y")))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> snapshots.delete(ROOT, path("/d"), Name.of("x")))
                .isInstanceOf(NotFound.class);
        snapshots.rename(ROOT, path("/d"), Name.of("s"), Name.of("z"));
        assertThat(snapshots.list(ROOT, path("/d")))
                .extracting(snapshot -> snapshot.name().toString())
                .containsExactly("z", "t");
        assertThat(fixture.exists("/d/.snapshot/z")).isTrue();
        assertThat(fixture.exists("/d/.snapshot/s")).isFalse();
        FilePath made = snapshots.create(ROOT, path("/d"), Optional.empty());
        assertThat(made.name().toString()).matches("s[0-9]{8}-[0-9]{6}\\.[0-9]{3}");
        assertThat(fixture.list("/d/.snapshot")).hasSize(3).contains(made.toString());
    }

    @Test
    void onlyThoseWhoMay() {
        fixture.write("/d/f", "x");
        take("s");
        assertThatThrownBy(() -> snapshots.allow(BOB, path("/d")))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> snapshots.disallow(BOB, path("/d")))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> snapshots.create(BOB, path("/d"), name("mine")))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> snapshots.delete(BOB, path("/d"), Name.of("s")))
                .isInstanceOf(PermissionDenied.class);
        assertThat(snapshots.roots(BOB)).isEmpty();
        assertThat(snapshots.roots(ROOT)).hasSize(1).allMatch(root -> root.count() == 1);
        files.setAttributes(
                ROOT,
                path("/d"),
                AttributeChange.ofAccess(
                        Optional.of("bob"), Optional.empty(), OptionalInt.of(0700)));
        snapshots.create(BOB, path("/d"), name("mine"));
        // it was readable for all when the first was made, but only who owns it gets there now
        assertThat(files.stat(BOB, path("/d/.snapshot/s"), MetadataLoad.NEVER).access().owner())
                .isEqualTo(ROOT.user());
        Principal eve = new Principal("eve", Set.of(), false, "simple", "");
        assertThatThrownBy(() -> files.stat(eve, path("/d/.snapshot/s/f"), MetadataLoad.NEVER))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void onlyDirectoriesThatMay() {
        fixture.write("/f", "x");
        fixture.mkdir("/plain");
        assertThatThrownBy(() -> snapshots.allow(ROOT, path("/f")))
                .isInstanceOf(NotADirectory.class);
        assertThatThrownBy(() -> snapshots.allow(ROOT, path("/none"))).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> snapshots.create(ROOT, path("/plain"), name("s")))
                .isInstanceOf(InvalidState.class);
        assertThat(fixture.exists("/plain/.snapshot")).isFalse();
        snapshots.disallow(ROOT, path("/plain"));
        files.setSafeMode(ROOT, true);
        assertThatThrownBy(() -> take("s")).isInstanceOf(ReadOnly.class);
        files.setSafeMode(ROOT, false);
        snapshots.disallow(ROOT, path("/d"));
        assertThatThrownBy(() -> take("s")).isInstanceOf(InvalidState.class);
    }

    @Test
    void differencesAreFound() {
        fixture.write("/d/changed", "old");
        fixture.write("/d/gone/f", "x");
        fixture.write("/d/same", "x");
        fixture.write("/d/a/moved", "x");
        fixture.mkdir("/d/b");
        fixture.write("/d/left", "x");
        take("s1");
        fixture.write("/d/between", "x");
        append("/d/changed", " and new");
        fixture.delete("/d/gone");
        fixture.write("/d/new/f", "x");
        fixture.rename("/d/a/moved", "/d/b/renamed");
        fixture.rename("/d/left", "/left");
        fixture.rename("/left", "/d/left");
        fixture.delete("/d/between");
        take("s2");

        List<String> forward =
                List.of(
                        "MODIFIED /",
                        "MODIFIED /a",
                        "RENAMED /a/moved /b/renamed",
                        "MODIFIED /b",
                        "MODIFIED /changed",
                        "DELETED /gone",
                        "CREATED /new");
        assertThat(changes(name("s1"), name("s2"))).containsExactlyElementsOf(forward);
        assertThat(changes(name("s1"), Optional.empty())).containsExactlyElementsOf(forward);
        assertThat(changes(name("s2"), name("s1")))
                .containsExactly(
                        "MODIFIED /",
                        "MODIFIED /a",
                        "MODIFIED /b",
                        "RENAMED /b/renamed /a/moved",
                        "MODIFIED /changed",
                        "CREATED /gone",
                        "DELETED /new");
        assertThat(changes(name("s2"), Optional.empty())).isEmpty();
        assertThat(changes(name("s1"), name("s1"))).isEmpty();
        assertThatThrownBy(() -> changes(name("none"), Optional.empty()))
                .isInstanceOf(NotFound.class);
    }

    private List<String> changes(Optional<Name> from, Optional<Name> to) {
        return snapshots.compare(ROOT, path("/d"), from, to).stream()
                .map(
                        change ->
                                change.kind()
                                        + " "
                                        + change.path()
                                        + change.target().map(target -> " " + target).orElse(""))
                .toList();
    }

    /** A rename is one transaction: each snapshot shows the file once. */
    @Test
    void noSnapshotShowsHalfOfAChange() throws Exception {
        fixture.write("/d/x/f", "bytes");
        fixture.mkdir("/d/y");
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> moves =
                    threads.submit(
                            () -> {
                                while (!done.get()) {
                                    fixture.rename("/d/x/f", "/d/y/f");
                                    fixture.rename("/d/y/f", "/d/x/f");
                                }
                            });
            for (int i = 0; i < 200; i++) {
                take("s" + i);
            }
            done.set(true);
            get(moves);
        }
        for (int i = 0; i < 200; i++) {
            String snapshot = "/d/.snapshot/s" + i;
            List<String> found = new ArrayList<>(fixture.list(snapshot + "/x"));
            found.addAll(fixture.list(snapshot + "/y"));
            assertThat(found).as(snapshot).hasSize(1);
            assertThat(text(found.getFirst())).isEqualTo("bytes");
        }
    }

    private static void get(Future<?> future) throws InterruptedException, ExecutionException {
        assertThat(future.get()).isNull();
    }
}
