package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsShell;
import org.apache.hadoop.hdfs.tools.DFSAdmin;
import org.apache.hadoop.hdfs.tools.StoragePolicyAdmin;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.Tool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;

/** Storage policies and quotas by Hadoop's own commands. */
class PolicyCommandsTest {
    private static final String ALL_SSD =
            "BlockStoragePolicy{ALL_SSD:12, storageTypes=[SSD], creationFallbacks=[DISK],"
                    + " replicationFallbacks=[DISK]}";

    @TempDir private static Path folder = Path.of("target");

    private static NodeProcess node;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Configuration configuration() throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.defaultFS", node.hdfs().toString());
        return configuration;
    }

    /** The code that a command of the superuser ends with, and what it printed. */
    private static String run(Tool command, String... arguments)
            throws IOException, InterruptedException {
        command.setConf(configuration());
        PrintStream out = System.out;
        PrintStream error = System.err;
        var printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            int code =
                    UserGroupInformation.createRemoteUser(NodeProcess.USER)
                            .doAs(
                                    (PrivilegedExceptionAction<Integer>)
                                            () -> command.run(arguments));
            return code + " " + printed.toString(StandardCharsets.UTF_8).strip();
        } finally {
            System.setOut(out);
            System.setErr(error);
        }
    }

    private static String policies(String... arguments) throws IOException, InterruptedException {
        return run(new StoragePolicyAdmin(configuration()), arguments);
    }

    @Test
    void storagepolicies() throws IOException, InterruptedException {
        run(new FsShell(), "-mkdir", "-p", "/d/e");
        assertThat(policies("-listPolicies"))
                .startsWith("0 Block Storage Policies:")
                .contains("\t" + ALL_SSD + "\n")
                .contains("PROVIDED:1", "COLD:2", "WARM:5", "HOT:7", "ONE_SSD:10")
                .contains("ALL_NVDIMM:14", "LAZY_PERSIST:15");
        assertThat(policies("-getStoragePolicy", "-path", "/d"))
                .isEqualTo("0 The storage policy of /d is unspecified");
        assertThat(policies("-setStoragePolicy", "-path", "/d", "-policy", "ALL_SSD"))
                .isEqualTo("0 Set storage policy ALL_SSD on /d");
        assertThat(policies("-getStoragePolicy", "-path", "/d/e"))
                .isEqualTo("0 The storage policy of /d/e:\n" + ALL_SSD);
        assertThat(policies("-setStoragePolicy", "-path", "/d", "-policy", "NO"))
                .isEqualTo("2 RemoteException: Cannot find a block policy with the name NO");
        assertThat(policies("-getStoragePolicy", "-path", "/none"))
                .isEqualTo("2 File/Directory does not exist: /none");
        assertThat(policies("-satisfyStoragePolicy", "-path", "/d"))
                .startsWith("2 RemoteException: Cannot request to satisfy storage policy");
        assertThat(policies("-unsetStoragePolicy", "-path", "/d"))
                .isEqualTo("0 Unset storage policy from /d");
        assertThat(policies("-getStoragePolicy", "-path", "/d/e"))
                .isEqualTo("0 The storage policy of /d/e is unspecified");
    }

    @Test
    void quotasOfTypes() throws IOException, InterruptedException {
        run(new FsShell(), "-mkdir", "-p", "/q");
        assertThat(run(new DFSAdmin(), "-setSpaceQuota", "10m", "-storageType", "SSD", "/q"))
                .isEqualTo("0 ");
        assertThat(run(new FsShell(), "-count", "-q", "-v", "-t", "SSD,DISK", "/q"))
                .matches(
                        "(?s)0 .*SSD_QUOTA +REM_SSD_QUOTA +DISK_QUOTA +REM_DISK_QUOTA"
                                + " PATHNAME\n +10485760 +10485760 +none +inf /q");
        assertThat(run(new FsShell(), "-count", "-q", "-u", "-t", "SSD", "/q"))
                .matches("0 +10485760 +10485760 /q");
        assertThat(run(new DFSAdmin(), "-clrSpaceQuota", "-storageType", "SSD", "/q"))
                .isEqualTo("0 ");
        assertThat(run(new FsShell(), "-count", "-q", "-t", "SSD", "/q"))
                .matches("0 +none +inf /q");
        assertThat(run(new DFSAdmin(), "-setSpaceQuota", "1", "-storageType", "RAM_DISK", "/q"))
                .startsWith("-1 ");
    }
}
