package dev.forebay.understore.hadoop.inside;

import dev.forebay.testkit.HdfsCluster;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The contract over {@code hdfs://}, against a real HDFS. */
class HdfsTest extends RealPlaceContract {
    private static Optional<HdfsCluster> cluster = Optional.empty();

    @BeforeAll
    static void startCluster(@TempDir Path folder) throws IOException {
        cluster = Optional.of(HdfsCluster.start(folder, SMALL_PAGES));
    }

    @AfterAll
    static void stopCluster() {
        cluster.ifPresent(HdfsCluster::close);
    }

    @Override
    protected URI place() {
        return cluster.orElseThrow().hdfs();
    }
}
