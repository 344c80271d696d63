package dev.forebay.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Principal;
import dev.forebay.base.Settings;
import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class UsersTest {
    @TempDir private Path folder = Path.of("target");

    private static Users users(String groups, String supergroup) {
        return Users.from(
                Settings.of(
                        Map.of(
                                "node.groups", groups,
                                "node.supergroup", supergroup,
                                "node.superusers", "hdfs")),
                "owner");
    }

    @Test
    void withoutAListAUsersGroupHasItsName() {
        Principal ann = Users.from(Settings.of(Map.of()), "owner").principal("ann");
        assertThat(ann.groups()).containsExactly("ann");
        assertThat(ann.superuser()).isFalse();
    }

    @Test
    void listedGroupsAreKeptInOrder() {
        Users users = users("ann=staff, crew ; bob = crew; cid=;", "");
        assertThat(users.principal("ann").groups()).containsExactly("staff", "crew");
        assertThat(users.principal("ann").primaryGroup()).isEqualTo("staff");
        assertThat(users.principal("bob").groups()).containsExactly("crew");
        assertThat(users.principal("cid").groups()).containsExactly("cid");
        assertThat(users.principal("dan").groups()).containsExactly("dan");
    }

    @Test
    void membersOfTheSupergroupAreSuperusers() {
        Users users = users("ann=staff,super;bob=staff", "super");
        assertThat(users.principal("ann").superuser()).isTrue();
        assertThat(users.principal("bob").superuser()).isFalse();
        assertThat(users.principal("hdfs").superuser()).isTrue();
        assertThat(users.principal("owner").superuser()).isTrue();
    }

    @Test
    void whoCallsItselfAsTheSupergroupIsNoMember() {
        assertThat(users("", "super").principal("super").superuser()).isFalse();
    }

    @Test
    void wrongListsStopTheStart() {
        for (String wrong : List.of("ann", "=crew", "ann=a=b", "ann=a;ann=b")) {
            assertThatThrownBy(() -> users(wrong, ""))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("node.groups=");
        }
        var settings = Settings.of(Map.of("node.group-source", "ldap"));
        assertThatThrownBy(() -> Users.from(settings, "owner")).isInstanceOf(Invalid.class);
    }

    @Test
    void theSystemsGroupsAreReadAgainWhenTheyChange() throws IOException {
        Path passwd = Files.writeString(folder.resolve("passwd"), "ann:x:1:10::/:/bin/sh\nbad\n");
        Path group = folder.resolve("group");
        Files.writeString(group, "staff:x:10:\ncrew:x:11:bob,ann\nbad\n");
        SystemGroups system = new SystemGroups(passwd, group);
        assertThat(system.of("ann")).containsExactly("staff", "crew");
        assertThat(system.of("bob")).isEmpty();
        Files.writeString(passwd, "ann:x:1:10::/:/bin/sh\nbob:x:2:99::/:/bin/sh\n");
        assertThat(system.of("bob")).containsExactly("crew");
        Files.writeString(group, "staff:x:10:\ncrew:x:11:\nmore:x:12:ann\n");
        assertThat(system.of("ann")).containsExactly("staff", "more");
        Files.delete(group);
        assertThat(system.of("ann")).containsExactly("staff", "more");
    }

    @Test
    void aListCountsBeforeTheSystem() throws IOException {
        Path passwd = Files.writeString(folder.resolve("passwd"), "ann:x:1:10:\nbob:x:2:10:\n");
        Path group = Files.writeString(folder.resolve("group"), "staff:x:10:\n");
        Users users =
                new Users(
                        "owner",
                        Set.of("owner"),
                        Optional.of("staff"),
                        Set.of(),
                        Map.of("ann", List.of("crew")),
                        Optional.of(new SystemGroups(passwd, group)));
        assertThat(users.principal("ann").groups()).containsExactly("crew");
        assertThat(users.principal("ann").superuser()).isFalse();
        assertThat(users.principal("bob").superuser()).isTrue();
        assertThat(users.principal("eve").groups()).containsExactly("eve");
    }

    @Test
    void thisMachineKnowsItsRoot() {
        assertThat(SystemGroups.ofThisMachine().of("root")).isNotEmpty();
    }
}
