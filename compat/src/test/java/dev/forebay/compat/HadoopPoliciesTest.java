package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Storage policies and quotas through Hadoop's clients of a node. */
class HadoopPoliciesTest {
    @TempDir private static Path folder = Path.of("target");

    private static NodeProcess node;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        assertThat(node.isAlive()).isTrue();
        node.close();
    }

    @Nested
    class OverHdfs extends HadoopPolicyContract {
        @Override
        URI service() throws IOException {
            return node.hdfs();
        }
    }

    @Nested
    class OverWebHdfs extends HadoopPolicyContract {
        @Override
        URI service() throws IOException {
            return URI.create("webhdfs://127.0.0.1:" + node.port("webhdfs"));
        }
    }

    @Nested
    class QuotasOverHdfs extends HadoopQuotaContract {
        @Override
        URI service() throws IOException {
            return node.hdfs();
        }
    }

    @Nested
    class QuotasOverWebHdfs extends HadoopQuotaContract {
        @Override
        URI service() throws IOException {
            return URI.create("webhdfs://127.0.0.1:" + node.port("webhdfs"));
        }
    }
}
