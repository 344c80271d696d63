package dev.forebay.compat;

import dev.forebay.testkit.HdfsCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * That a real HDFS keeps the rules that the tests of storage policies and quotas hold a node to.
 */
class RealHdfsPoliciesTest {
    @TempDir private static Path folder = Path.of("target");

    private static HdfsCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = HdfsCluster.start(folder.resolve("hdfs"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Nested
    class OverHdfs extends HadoopPolicyContract {
        @Override
        URI service() {
            return cluster.hdfs();
        }
    }

    @Nested
    class OverWebHdfs extends HadoopPolicyContract {
        @Override
        URI service() {
            return cluster.webHdfs();
        }
    }

    @Nested
    class QuotasOverHdfs extends HadoopQuotaContract {
        @Override
        URI service() {
            return cluster.hdfs();
        }
    }

    @Nested
    class QuotasOverWebHdfs extends HadoopQuotaContract {
        @Override
        URI service() {
            return cluster.webHdfs();
        }
    }
}
