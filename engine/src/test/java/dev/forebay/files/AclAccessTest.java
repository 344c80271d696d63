package dev.forebay.files;

import static dev.forebay.files.EngineFixture.ROOT;
import static dev.forebay.files.EngineFixture.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.PermissionDenied;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Who may do what by an access control list. */
class AclAccessTest {
    private static final Principal ANN = user("ann", "staff");
    private static final Principal BOB = user("bob", "sales", "crew");
    private static final Principal CAT = user("cat");

    private final EngineFixture fixture = EngineFixture.inMemory();
    private final NodeFileEngine files = fixture.engine;

    private static Principal user(String name, String... groups) {
        return new Principal(name, Set.of(groups), false, "simple", "");
    }

    @BeforeEach
    void makeFile() {
        fixture.write("/d/f", new byte[10]);
        own("/d/f", 0640);
        own("/d", 0755);
    }

    private void own(String path, int mode) {
        files.setAttributes(
                ROOT,
                path(path),
                AttributeChange.ofAccess(
                        Optional.of("ann"), Optional.of("staff"), OptionalInt.of(mode)));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void merge(String path, String entries) {
        files.changeAcl(ANN, path(path), new Acl.Change.Merge(AclRulesTest.entries(entries)));
    }

    private void requireAllowed(Principal caller, String path, int rights) {
        assertThatCode(() -> files.requireAccess(caller, path(path), rights))
                .doesNotThrowAnyException();
    }

    private void requireDenied(Principal caller, String path, int rights) {
        assertThatThrownBy(() -> files.requireAccess(caller, path(path), rights))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void namedUserHasWhatTheMaskLeaves() {
        requireDenied(BOB, "/d/f", Permissions.READ);
        merge("/d/f", "user:bob:rwx");
        requireAllowed(BOB, "/d/f", Permissions.READ | Permissions.WRITE);
        merge("/d/f", "mask::r--");
        requireAllowed(BOB, "/d/f", Permissions.READ);
        requireDenied(BOB, "/d/f", Permissions.WRITE);
        files.setAttributes(
                ANN,
                path("/d/f"),
                AttributeChange.ofAccess(Optional.empty(), Optional.empty(), OptionalInt.of(0600)));
        requireDenied(BOB, "/d/f", Permissions.READ);
        requireAllowed(ANN, "/d/f", Permissions.READ | Permissions.WRITE);
    }

    @Test
    void anyOfTheCallersGroupsIsEnoughAndOthersDoNotHelpMembers() {
        merge("/d/f", "group:sales:r--,group:crew:-w-,other::rwx");
        requireAllowed(BOB, "/d/f", Permissions.READ);
        requireAllowed(BOB, "/d/f", Permissions.WRITE);
        requireDenied(BOB, "/d/f", Permissions.READ | Permissions.WRITE);
        requireDenied(BOB, "/d/f", Permissions.EXECUTE);
        requireAllowed(CAT, "/d/f", Permissions.READ | Permissions.WRITE | Permissions.EXECUTE);
    }

    @Test
    void namedUserIsNotJudgedByGroups() {
        merge("/d/f", "user:bob:---,group:sales:rwx");
        requireDenied(BOB, "/d/f", Permissions.READ);
    }

    @Test
    void directoriesArePassedByTheirLists() {
        own("/d", 0700);
        requireDenied(BOB, "/d/f", 0);
        merge("/d", "user:bob:--x");
        merge("/d/f", "user:bob:r--");
        requireAllowed(BOB, "/d/f", Permissions.READ);
        assertThatThrownBy(
                        () -> files.list(BOB, path("/d"), FileEngine.ListOptions.DEFAULT, _ -> {}))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void onlyTheOwnerChangesAList() {
        assertThatThrownBy(
                        () -> files.changeAcl(BOB, path("/d/f"), new Acl.Change.RemoveDefaults()))
                .isInstanceOf(PermissionDenied.class);
        assertThatThrownBy(() -> files.changeAcl(ANN, path("/d/no"), new Acl.Change.Clear()))
                .isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> merge("/d/f", "default:user:bob:r--")).isInstanceOf(Invalid.class);
        assertThat(access("/d/f").acl()).isEqualTo(Acl.NONE);
    }

    private FileStatus.Access access(String path) {
        return files.stat(ROOT, path(path), MetadataLoad.ONCE).access();
    }

    @Test
    void childrenInheritAndRenamesKeep() {
        merge("/d", "default:user:bob:rwx,default:other::---");
        files.createDirectory(
                ANN,
                path("/d/sub/deep"),
                new CreateOptions(
                                true,
                                false,
                                OptionalInt.of(0755),
                                Optional.empty(),
                                Optional.empty(),
                                CreateOptions.DEFAULT.blockSize(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty())
                        .withUnmaskedMode(OptionalInt.of(0777)));
        assertThat(access("/d/sub").acl().entries())
                .containsAll(AclRulesTest.entries("user:bob:rwx,default:user:bob:rwx"));
        assertThat(access("/d/sub/deep").mode()).isEqualTo(0770);
        files.create(ANN, path("/d/sub/deep/f"), CreateOptions.DEFAULT).close();
        assertThat(access("/d/sub/deep/f"))
                .isEqualTo(
                        new FileStatus.Access(
                                "ann",
                                ANN.primaryGroup(),
                                0640,
                                new Acl(AclRulesTest.entries("user:bob:rwx,group::r-x"))));
        requireAllowed(BOB, "/d/sub/deep/f", Permissions.READ);
        requireDenied(BOB, "/d/sub/deep/f", Permissions.WRITE);
        FileStatus.Access before = access("/d/sub/deep/f");
        files.rename(ANN, path("/d/sub/deep/f"), path("/d/g"));
        assertThat(access("/d/g")).isEqualTo(before);
    }
}
