package dev.forebay.compat;

import dev.forebay.client.ConnectOptions;
import dev.forebay.client.FileClient;
import dev.forebay.testkit.HdfsCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import java.io.IOException;
import java.util.Set;

/**
 * The Java API over {@code webhdfs://} of a real Hadoop, which without Kerberos heeds no token
 * there.
 */
@Tag("slow")
class RealWebHdfsFileClientTest extends Hdfs3Contract {
    private HdfsCluster cluster;
    private FileClient files;

    @BeforeAll
    void start() throws IOException {
        cluster =
                HdfsCluster.start(
                        folder.resolve("hdfs"), "dfs.namenode.delegation.token.always-use=true");
        files =
                FileClient.connect(
                        cluster.webHdfs().toString(), ConnectOptions.DEFAULT.withAutoconf(false));
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
                Ability.APPEND,
                Ability.REPLACE,
                Ability.BLOCK_FILES,
                Ability.SECURITY,
                Ability.SNAPSHOTS,
                Ability.ACCESS_LISTS,
                Ability.TOKENS,
                Ability.DISK_CAPACITY);
    }
}
