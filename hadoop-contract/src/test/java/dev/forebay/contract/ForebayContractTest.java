package dev.forebay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.hadoop.ForebayFileSystem;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;

/** Over our client for {@code forebay://}, set to read every file from shared memory. */
class ForebayContractTest extends HadoopContracts {
    ForebayContractTest() {
        super(ForebayFileSystem.SCHEME, "admin");
    }

    @Test
    void filesAreReadFromSharedMemory() throws IOException {
        Configuration configuration = new Configuration();
        configuration.addResource("contract/forebay.xml");
        URI address = URI.create("forebay://127.0.0.1:" + notPassed.port());
        Path path = new Path("/shared");
        try (FileSystem files = FileSystem.newInstance(address, configuration)) {
            try (FSDataOutputStream stream = files.create(path)) {
                stream.write(7);
            }
            try (FSDataInputStream stream = files.open(path)) {
                assertThat(stream.read()).isEqualTo(7);
            }
            assertThat(((ForebayFileSystem) files).sharedReads().bytes()).isEqualTo(1);
            assertThat(files.delete(path, false)).isTrue();
        }
    }
}
