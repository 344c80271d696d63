package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.DelegationToken;
import dev.forebay.client.FileClient;
import dev.forebay.client.FilesException;
import dev.forebay.client.Security;
import dev.forebay.testkit.HdfsCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Set;

/** The Java API over {@code hdfs://} of a real Hadoop. */
class RealHdfsFileClientTest extends Hdfs3Contract {
    private HdfsCluster cluster;
    private FileClient files;

    @BeforeAll
    void start() throws IOException {
        cluster =
                HdfsCluster.start(
                        folder.resolve("hdfs"), "dfs.namenode.delegation.token.always-use=true");
        files =
                FileClient.connect(
                        cluster.hdfs().toString(), ConnectOptions.DEFAULT.withAutoconf(false));
    }

    @AfterAll
    void stop() {
        files.close();
        cluster.close();
    }

    @Test
    void tokensAuthenticate() {
        DelegationToken token = files.as(Security.class).delegationToken(NodeProcess.USER);
        ConnectOptions options =
                ConnectOptions.DEFAULT.withAutoconf(false).withUser("nobody").withToken(token);
        try (FileClient bearer = FileClient.connect(cluster.hdfs().toString(), options)) {
            bearer.createDirectory("/made-by-token");
            assertThat(files.stat("/made-by-token").access().owner()).isEqualTo(NodeProcess.USER);
            assertThat(bearer.as(Security.class).renewToken()).isPositive();
            bearer.as(Security.class).cancelToken();
        }
        try (FileClient late = FileClient.connect(cluster.hdfs().toString(), options)) {
            assertThatThrownBy(() -> late.stat("/"))
                    .isInstanceOf(FilesException.Unauthenticated.class);
        }
    }

    @Override
    FileClient files() {
        return files;
    }

    @Override
    Set<Ability> abilities() {
        return Set.of(
                Ability.INCOMPLETE_FILES,
                Ability.READ_WHILE_WRITTEN,
                Ability.FLUSH,
                Ability.APPEND,
                Ability.REPLACE,
                Ability.BLOCKS_IN_STATUS,
                Ability.BLOCK_FILES,
                Ability.SECURITY,
                Ability.SNAPSHOTS,
                Ability.ACCESS_LISTS,
                Ability.TOKENS,
                Ability.ENCRYPTION_ZONES,
                Ability.LEASES,
                Ability.DISK_CAPACITY);
    }
}
