package dev.forebay.compat;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;
import dev.forebay.testkit.HdfsCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
                Ability.ACCESS_LISTS,
                Ability.TOKENS,
                Ability.ENCRYPTION_ZONES,
                Ability.LEASES,
                Ability.DISK_CAPACITY);
    }
}
