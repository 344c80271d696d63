package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.InodeId;
import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.QuotaExceeded;
import dev.forebay.base.error.Unsupported;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What directories may hold, and that what they hold is counted exactly. */
class QuotasTest {
    private static final Principal BOB = new Principal("bob", Set.of(), false, "simple", "");
    private static final long MEBIBYTE = 1 << 20;

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;

    @AfterEach
    void close() {
        List<String> findings = new ArrayList<>();
        EngineFixture.eventually(
                () -> fixture.meta.read(reader -> Tree.isEmpty(reader, Tree.TRASH)));
        NamespaceCheck.run(
                fixture.meta, fixture.blocks, false, finding -> findings.add(finding.text()));
        assertThat(findings.stream().filter(text -> text.contains("quota"))).isEmpty();
        fixture.close();
    }

    private void directory(String path) {
        files.createDirectory(ROOT, path(path), EngineFixture.options(files.defaultWriteType()));
    }

    private void limit(String path, long names, long space) {
        var change = new Quota.Change(OptionalLong.of(names), OptionalLong.of(space));
        files.setQuota(ROOT, path(path), change);
    }

    private QuotaUsage used(String path) {
        InodeId id = files.stat(ROOT, path(path), MetadataLoad.NEVER).id();
        return fixture.meta.read(reader -> QuotaRows.find(reader, id)).orElseThrow().used();
    }

    private void assertNamesExceeded(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        QuotaExceeded.class,
                        e -> assertThat(e.kind()).isEqualTo(QuotaExceeded.Kind.NAMES));
    }

    private void assertSpaceExceeded(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        QuotaExceeded.class,
                        e -> assertThat(e.kind()).isEqualTo(QuotaExceeded.Kind.SPACE));
    }

    @Test
    void namesAreLimited() {
        fixture.write("/q/old", new byte[10]);
        limit("/q", 4, -1);
        directory("/q/d");
        fixture.write("/q/d/f", new byte[0]);
        assertThat(used("/q")).isEqualTo(new QuotaUsage(4, 10));
        assertNamesExceeded(() -> fixture.write("/q/d/g", new byte[0]));
        assertNamesExceeded(() -> directory("/q/e"));
        files.delete(ROOT, path("/q/d"), new DeleteOptions(true, false));
        EngineFixture.eventually(() -> used("/q").names() == 2);
        assertNamesExceeded(() -> directory("/q/a/b/c"));
        assertThat(files.exists(ROOT, path("/q/a"), MetadataLoad.NEVER)).isFalse();
        directory("/q/a/b");
    }

    @Test
    void spaceIsLimitedAndWhatDoesNotFitIsGone() {
        directory("/q");
        limit("/q", -1, 100_000);
        fixture.write("/q/a", new byte[60_000]);
        assertSpaceExceeded(() -> fixture.write("/q/b", new byte[60_000]));
        assertThat(files.exists(ROOT, path("/q/b"), MetadataLoad.NEVER)).isFalse();
        files.setReplication(ROOT, path("/q/a"), 1);
        assertSpaceExceeded(() -> files.setReplication(ROOT, path("/q/a"), 2));
        files.delete(ROOT, path("/q/a"), DeleteOptions.DEFAULT);
        fixture.write("/q/b", new byte[100_000]);
        assertThat(used("/q").space()).isEqualTo(100_000);
    }

    @Test
    void blocksAreGivenOnlyWhereAWholeOneFits() {
        directory("/q");
        limit("/q", -1, 100_000);
        try (LeasedWriter writer =
                files.create(ROOT, path("/q/f"), EngineFixture.blockSize(65_536), "c")) {
            writer.nextBlock();
            writer.write(ByteBuffer.allocate(65_536));
            assertSpaceExceeded(writer::nextBlock);
            writer.sync();
            assertThat(used("/q").space()).isEqualTo(65_536);
        }
        files.truncate(ROOT, path("/q/f"), 10);
        assertThat(used("/q").space()).isEqualTo(10);
        try (LeasedWriter writer = files.append(ROOT, path("/q/f"), "c")) {
            writer.nextBlock();
            writer.write(ByteBuffer.allocate(90));
        }
        assertThat(used("/q").space()).isEqualTo(100);
    }

    @Test
    void movesCountAtBothEnds() {
        fixture.write("/q/d/f", new byte[100]);
        fixture.write("/q/d/e/g", new byte[20]);
        fixture.write("/p/x", new byte[1]);
        limit("/q", 10, MEBIBYTE);
        limit("/q/d", 10, MEBIBYTE);
        limit("/p", 6, MEBIBYTE);
        files.rename(ROOT, path("/q/d"), path("/p/d"));
        assertThat(used("/q")).isEqualTo(new QuotaUsage(1, 0));
        assertThat(used("/p")).isEqualTo(new QuotaUsage(6, 121));
        assertThat(used("/p/d")).isEqualTo(new QuotaUsage(4, 120));
    }

    @Test
    void movesThatDoNotFitAreRefused() {
        fixture.write("/d/f", new byte[100]);
        directory("/p");
        limit("/p", 2, -1);
        assertNamesExceeded(() -> files.rename(ROOT, path("/d"), path("/p/d")));
        assertThat(files.exists(ROOT, path("/d/f"), MetadataLoad.NEVER)).isTrue();
        files.rename(ROOT, path("/d/f"), path("/p/f"));
        fixture.write("/d/f", new byte[7]);
        files.replace(ROOT, path("/d/f"), path("/p/f"));
        assertThat(used("/p")).isEqualTo(new QuotaUsage(2, 7));
    }

    @Test
    void concatCountsOnce() {
        fixture.write("/q/a", new byte[70_000]);
        fixture.write("/q/b", new byte[70_000]);
        limit("/q", 3, 140_000);
        files.concat(ROOT, path("/q/a"), List.of(path("/q/b")));
        assertThat(used("/q")).isEqualTo(new QuotaUsage(2, 140_000));
    }

    private void limit(String path, StorageType type, long bytes) {
        files.setQuota(ROOT, path(path), Quota.Change.of(type, bytes));
    }

    private void policy(String path, StoragePolicy policy) {
        files.setStoragePolicy(ROOT, path(path), Optional.of(policy));
    }

    private void assertTypeExceeded(StorageType type, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        QuotaExceeded.class,
                        e -> {
                            assertThat(e.kind()).isEqualTo(QuotaExceeded.Kind.STORAGE_TYPE);
                            assertThat(e.storageType()).isEqualTo(type.name());
                        });
    }

    @Test
    void bytesCountOnTheTypesThatAPolicyPlacesThemOn() {
        fixture.write("/q/d/f", new byte[100]);
        limit("/q", StorageType.SSD, 1000);
        assertThat(used("/q").types()).isEmpty();
        policy("/q/d", StoragePolicy.ONE_SSD);
        assertThat(used("/q").types()).isEqualTo(Map.of(StorageType.SSD, 100L));
        files.setReplication(ROOT, path("/q/d/f"), 3);
        assertThat(used("/q").types())
                .isEqualTo(Map.of(StorageType.SSD, 100L, StorageType.DISK, 200L));
        assertThat(files.summarize(ROOT, path("/q")).types()).isEqualTo(used("/q").types());
        fixture.write("/q/d/g", new byte[900]);
        assertTypeExceeded(StorageType.SSD, () -> fixture.write("/q/d/h", new byte[1]));
        fixture.write("/q/h", new byte[1]);
        files.setStoragePolicy(ROOT, path("/q/d"), Optional.empty());
        assertThat(used("/q")).isEqualTo(new QuotaUsage(5, 1201));
    }

    @Test
    void aPolicyIsNotRefusedAndWhatComesNextIs() {
        fixture.write("/q/a", new byte[100]);
        fixture.write("/q/b", new byte[100]);
        limit("/q", StorageType.SSD, 10);
        policy("/q/a", StoragePolicy.ALL_SSD);
        policy("/q", StoragePolicy.ALL_SSD);
        assertThat(used("/q").of(StorageType.SSD)).isEqualTo(200);
        assertTypeExceeded(StorageType.SSD, () -> files.setReplication(ROOT, path("/q/a"), 2));
        files.truncate(ROOT, path("/q/a"), 5);
        assertThat(used("/q").of(StorageType.SSD)).isEqualTo(105);
    }

    @Test
    void quotasWithinCountAnotherPolicyToo() {
        fixture.write("/a/b/c/f", new byte[10]);
        fixture.write("/a/b/g", new byte[100]);
        fixture.write("/a/own/f", new byte[1000]);
        policy("/a/own", StoragePolicy.COLD);
        for (String path : List.of("/a", "/a/b", "/a/b/c", "/a/own")) {
            limit(path, StorageType.SSD, 1 << 20);
        }
        policy("/", StoragePolicy.ALL_SSD);
        assertThat(used("/a").types())
                .isEqualTo(Map.of(StorageType.SSD, 110L, StorageType.ARCHIVE, 1000L));
        assertThat(used("/a/b").of(StorageType.SSD)).isEqualTo(110);
        assertThat(used("/a/b/c").of(StorageType.SSD)).isEqualTo(10);
        policy("/a/b", StoragePolicy.HOT);
        assertThat(used("/a").of(StorageType.SSD)).isZero();
        assertThat(used("/a/b/c").types()).isEqualTo(Map.of(StorageType.DISK, 10L));
    }

    @Test
    void movesCountByThePolicyOfTheirPlace() {
        fixture.write("/q/hot/d/f", new byte[100]);
        directory("/q/ssd");
        policy("/q/hot", StoragePolicy.HOT);
        policy("/q/ssd", StoragePolicy.ALL_SSD);
        limit("/q", StorageType.DISK, 1000);
        limit("/q/hot/d", StorageType.DISK, 1000);
        limit("/q/ssd", StorageType.SSD, 150);
        files.rename(ROOT, path("/q/hot/d"), path("/q/ssd/d"));
        assertThat(used("/q").types()).isEqualTo(Map.of(StorageType.SSD, 100L));
        assertThat(used("/q/ssd/d").types()).isEqualTo(Map.of(StorageType.SSD, 100L));
        fixture.write("/q/hot/g", new byte[60]);
        assertTypeExceeded(
                StorageType.SSD, () -> files.rename(ROOT, path("/q/hot/g"), path("/q/ssd/g")));
        assertThat(used("/q").types())
                .isEqualTo(Map.of(StorageType.SSD, 100L, StorageType.DISK, 60L));
    }

    @Test
    void whatIsDeletedGoesByThePolicyThatItHad() {
        limit("/", StorageType.SSD, 1 << 20);
        fixture.write("/p/d/e/f", new byte[100]);
        policy("/p", StoragePolicy.ALL_SSD);
        assertThat(used("/").of(StorageType.SSD)).isEqualTo(100);
        files.delete(ROOT, path("/p/d"), new DeleteOptions(true, false));
        policy("/p", StoragePolicy.HOT);
        EngineFixture.eventually(() -> used("/").names() == 2);
        assertThat(used("/").types()).isEmpty();
    }

    @Test
    void blocksAreGivenOnlyWhereTheTypeHasRoom() {
        directory("/q");
        policy("/q", StoragePolicy.ALL_SSD);
        limit("/q", StorageType.SSD, 100_000);
        try (LeasedWriter writer =
                files.create(ROOT, path("/q/f"), EngineFixture.blockSize(65_536), "c")) {
            writer.nextBlock();
            writer.write(ByteBuffer.allocate(65_536));
            assertTypeExceeded(StorageType.SSD, writer::nextBlock);
        }
        assertThat(used("/q").of(StorageType.SSD)).isEqualTo(65_536);
    }

    @Test
    void limitsOfTypesAreKeptBesideTheOthers() {
        directory("/q");
        limit("/q", StorageType.SSD, 7);
        limit("/q", 5, -1);
        limit("/q", StorageType.NVDIMM, 8);
        assertThat(files.summarize(ROOT, path("/q")).quota())
                .isEqualTo(new Quota(5, -1, Map.of(StorageType.SSD, 7L, StorageType.NVDIMM, 8L)));
        limit("/q", -1, -1);
        limit("/q", StorageType.SSD, -1);
        assertThat(files.summarize(ROOT, path("/q")).quota().of(StorageType.NVDIMM)).isEqualTo(8);
        limit("/q", StorageType.NVDIMM, -1);
        assertThat(files.summarize(ROOT, path("/q")).quota()).isEqualTo(Quota.NONE);
        assertThatThrownBy(() -> limit("/q", StorageType.RAM_DISK, 1)).isInstanceOf(Invalid.class);
    }

    @Test
    void limitsAreToldKeptAndTakenAway() {
        directory("/q");
        limit("/q", 5, 1000);
        assertThat(files.summarize(ROOT, path("/q")).quota()).isEqualTo(new Quota(5, 1000));
        files.setQuota(
                ROOT, path("/q"), new Quota.Change(OptionalLong.empty(), OptionalLong.of(-1)));
        assertThat(files.summarize(ROOT, path("/q")).quota()).isEqualTo(new Quota(5, -1));
        limit("/q", -1, -1);
        assertThat(files.summarize(ROOT, path("/q")).quota()).isEqualTo(Quota.NONE);
        limit("/", 4, -1);
        directory("/r");
        assertNamesExceeded(() -> directory("/s/t"));
    }

    @Test
    void setByWhoMayWhereItCan() {
        fixture.write("/q/f", new byte[1]);
        var change = new Quota.Change(OptionalLong.of(5), OptionalLong.empty());
        assertThatThrownBy(() -> files.setQuota(BOB, path("/q"), change))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.setQuota(ROOT, path("/q/f"), change))
                .isInstanceOf(NotADirectory.class);
        fixture.mount("/m", "place", false);
        assertThatThrownBy(() -> files.setQuota(ROOT, path("/m"), change))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void whatIsMountedIsNotCounted() {
        directory("/q");
        limit("/q", 2, 100);
        fixture.putUnder("place", "/f", new byte[1000]);
        fixture.mount("/q/m", "place", false);
        files.list(ROOT, path("/q/m"), FileEngine.ListOptions.DEFAULT, _ -> {});
        fixture.write("/q/m/d/g", new byte[1000]);
        assertThat(used("/q")).isEqualTo(new QuotaUsage(1, 0));
    }

    @Test
    void manyAtOnceAreCountedExactly() throws InterruptedException, ExecutionException {
        directory("/q/a");
        directory("/b");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                tasks.add(() -> churn(number));
            }
            tasks.add(
                    () -> {
                        limit("/q", 10_000, 100 * MEBIBYTE);
                        limit("/q/a", 10_000, 100 * MEBIBYTE);
                        return null;
                    });
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        limit("/b", 10_000, 100 * MEBIBYTE);
        EngineFixture.eventually(() -> used("/q/a").names() == 1 + 8 * 5);
    }

    private Void churn(int number) {
        for (int i = 0; i < 10; i++) {
            String name = number + "-" + i;
            fixture.write("/q/a/" + name + "/f", new byte[100 * i]);
            String place = i % 2 == 0 ? "/b/" : "/q/";
            files.rename(ROOT, path("/q/a/" + name), path(place + name));
            if (i % 3 == 0) {
                policy(place + name, number % 2 == 0 ? StoragePolicy.WARM : StoragePolicy.ALL_SSD);
                policy("/q", i % 2 == 0 ? StoragePolicy.ALL_SSD : StoragePolicy.ONE_SSD);
            }
            if (i % 4 == 0) {
                files.delete(ROOT, path(place + name), new DeleteOptions(true, false));
            }
        }
        for (int i = 0; i < 5; i++) {
            fixture.write("/q/a/" + number + "." + i, new byte[i]);
        }
        return null;
    }
}
