package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Name;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.ReadOnly;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Where owners wish blocks to lie: what has which policy, and who says so. */
class StoragePoliciesTest {
    private static final Principal BOB = new Principal("bob", Set.of(), false, "simple", "");

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    private void set(String path, StoragePolicy policy) {
        files.setStoragePolicy(ROOT, path(path), Optional.of(policy));
    }

    private void unset(String path) {
        files.setStoragePolicy(ROOT, path(path), Optional.empty());
    }

    private Optional<StoragePolicy> policy(String path) {
        return fixture.stat(path).layout().policy();
    }

    private List<Optional<StoragePolicy>> listed(String path) {
        List<Optional<StoragePolicy>> policies = new ArrayList<>();
        files.list(
                ROOT,
                path(path),
                FileEngine.ListOptions.DEFAULT,
                status -> policies.add(status.layout().policy()));
        return policies;
    }

    @Test
    void theNearestOneAboveHolds() {
        fixture.write("/d/e/f", new byte[1]);
        fixture.mkdir("/d/e/g");
        assertThat(policy("/d/e/f")).isEmpty();
        set("/d", StoragePolicy.COLD);
        assertThat(policy("/d/e/f")).contains(StoragePolicy.COLD);
        assertThat(policy("/")).isEmpty();
        set("/d/e", StoragePolicy.WARM);
        set("/d/e/f", StoragePolicy.ALL_SSD);
        assertThat(listed("/d/e"))
                .containsExactly(
                        Optional.of(StoragePolicy.ALL_SSD), Optional.of(StoragePolicy.WARM));
        unset("/d/e/f");
        assertThat(policy("/d/e/f")).contains(StoragePolicy.WARM);
        unset("/d/e");
        assertThat(listed("/d")).containsExactly(Optional.of(StoragePolicy.COLD));
        set("/", StoragePolicy.HOT);
        unset("/d");
        unset("/d");
        assertThat(policy("/d/e/f")).contains(StoragePolicy.HOT);
    }

    @Test
    void ofItsOwnItStaysWithWhatMoves() {
        fixture.write("/d/e/f", new byte[1]);
        fixture.mkdir("/p");
        set("/p", StoragePolicy.COLD);
        set("/d/e", StoragePolicy.ONE_SSD);
        files.rename(ROOT, path("/d/e"), path("/p/e"));
        assertThat(policy("/p/e/f")).contains(StoragePolicy.ONE_SSD);
        files.rename(ROOT, path("/p/e/f"), path("/p/f"));
        assertThat(policy("/p/f")).contains(StoragePolicy.COLD);
    }

    @Test
    void aFileHasMemoryFirstFromItsCreationOnOrNever() {
        fixture.mkdir("/d");
        fixture.write("/d/old", new byte[1]);
        set("/d", StoragePolicy.LAZY_PERSIST);
        fixture.write("/d/sub/f", new byte[1]);
        unset("/d");
        assertThat(policy("/d/sub/f")).contains(StoragePolicy.LAZY_PERSIST);
        assertThat(policy("/d/sub")).isEmpty();
        assertThatThrownBy(() -> set("/d/old", StoragePolicy.LAZY_PERSIST))
                .isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> set("/d/sub/f", StoragePolicy.HOT))
                .isInstanceOf(InvalidState.class);
        assertThatThrownBy(() -> unset("/d/sub/f")).isInstanceOf(InvalidState.class);
        files.setReplication(ROOT, path("/d/sub/f"), 2);
        assertThat(policy("/d/sub/f")).contains(StoragePolicy.LAZY_PERSIST);
        CreateOptions options =
                CreateOptions.DEFAULT.withPolicy(Optional.of(StoragePolicy.ALL_NVDIMM));
        fixture.write("/d/made", new byte[1], options);
        assertThat(policy("/d/made")).contains(StoragePolicy.ALL_NVDIMM);
    }

    @Test
    void snapshotsShowTheOneOfThen() {
        fixture.write("/d/e/f", new byte[1]);
        files.snapshots().allow(ROOT, path("/d"));
        set("/d/e", StoragePolicy.WARM);
        files.snapshots().create(ROOT, path("/d"), Optional.of(Name.of("s")));
        set("/d", StoragePolicy.ALL_SSD);
        set("/d/e", StoragePolicy.COLD);
        set("/d/e/f", StoragePolicy.HOT);
        assertThat(policy("/d/.snapshot/s/e/f")).contains(StoragePolicy.WARM);
        assertThat(policy("/d/.snapshot/s")).isEmpty();
        assertThat(listed("/d/.snapshot")).containsExactly(Optional.empty());
        assertThat(listed("/d/.snapshot/s")).containsExactly(Optional.of(StoragePolicy.WARM));
        set("/", StoragePolicy.ONE_SSD);
        assertThat(policy("/d/.snapshot/s")).contains(StoragePolicy.ONE_SSD);
        assertThatThrownBy(() -> set("/d/.snapshot/s/e", StoragePolicy.HOT))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void setByWhoMayWrite() {
        fixture.write("/d/f", new byte[1]);
        Optional<StoragePolicy> hot = Optional.of(StoragePolicy.HOT);
        assertThatThrownBy(() -> files.setStoragePolicy(BOB, path("/d"), hot))
                .isInstanceOf(PermissionDenied.class);
        files.setAttributes(
                ROOT,
                path("/d"),
                AttributeChange.ofAccess(Optional.empty(), Optional.empty(), OptionalInt.of(0777)));
        files.setStoragePolicy(BOB, path("/d"), hot);
        assertThat(policy("/d/f")).isEqualTo(hot);
        assertThatThrownBy(() -> set("/missing", StoragePolicy.HOT)).isInstanceOf(NotFound.class);
        files.setSafeMode(ROOT, true);
        assertThatThrownBy(() -> unset("/d")).isInstanceOf(ReadOnly.class);
    }

    @Test
    void keptByTheFilesOfMountsAndByOtherChanges() {
        fixture.putUnder("place", "/f", new byte[10]);
        fixture.mount("/m", "place", false);
        set("/m", StoragePolicy.COLD);
        assertThat(policy("/m/f")).contains(StoragePolicy.COLD);
        set("/m/f", StoragePolicy.WARM);
        files.truncate(ROOT, path("/m/f"), 5);
        files.setAttributes(
                ROOT,
                path("/m/f"),
                AttributeChange.ofTimes(OptionalLong.of(1), OptionalLong.of(2)));
        assertThat(policy("/m/f")).contains(StoragePolicy.WARM);
    }

    @Test
    void policiesAreFoundByNumberAndName() {
        for (StoragePolicy policy : StoragePolicy.values()) {
            assertThat(StoragePolicy.find(policy.id())).contains(policy);
            assertThat(StoragePolicy.find(policy.name().toLowerCase(Locale.ROOT))).contains(policy);
        }
        assertThat(StoragePolicy.find(0)).isEmpty();
        assertThat(StoragePolicy.find("")).isEmpty();
    }

    @Test
    void copiesLieWhereThePolicySays() {
        assertThat(StoragePolicy.ONE_SSD.placed(3))
                .isEqualTo(Map.of(StorageType.SSD, 1, StorageType.DISK, 2));
        assertThat(StoragePolicy.LAZY_PERSIST.placed(2)).isEqualTo(Map.of(StorageType.DISK, 2));
        assertThat(StoragePolicy.WARM.placed(1)).isEqualTo(Map.of(StorageType.DISK, 1));
        assertThat(StoragePolicy.ONE_SSD.placed(2))
                .isEqualTo(Map.of(StorageType.SSD, 1, StorageType.DISK, 1));
    }
}
