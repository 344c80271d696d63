package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.node.NodeServer;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.security.Credentials;
import org.apache.hadoop.security.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Hadoop's client and that of Rust, where what they send must not be changed, or not be read. */
class ProtectedTransferTest {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<String> GUARDED =
            List.of("hadoop.security.authentication=kerberos", "dfs.blocksize=4194304");

    @TempDir private Path folder = Path.of("target");

    private NodeServer node(String protection) {
        return NodeServer.start(
                DelegationTokenTest.guarded(folder).with("hdfs.protection", protection));
    }

    private static List<String> work(NodeServer node, int mebibytes, List<String> asked)
            throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(GUARDED);
        settings.addAll(asked);
        return workWith(node, mebibytes, settings);
    }

    private static List<String> workWith(NodeServer node, int mebibytes, List<String> settings)
            throws IOException, InterruptedException {
        URI address = DelegationTokenTest.hdfs(node);
        List<String> command = NodeProcess.command(ProtectedClient.class.getName());
        // it looks for these where a cluster is guarded, and has no use for them with a token
        command.addAll(
                1, List.of("-Djava.security.krb5.realm=NONE", "-Djava.security.krb5.kdc=none"));
        command.add(address.toString());
        Token<?> token = DelegationTokenTest.fetched(node);
        DelegationTokenTest.at(token, address);
        command.add(token.encodeToUrlString());
        command.add(Integer.toString(mebibytes));
        command.addAll(settings);
        return ChildProcess.run(LIMIT, new ProcessBuilder(command));
    }

    private static List<String> asking(String quality) {
        return List.of(
                "hadoop.rpc.protection=" + quality, "dfs.data.transfer.protection=" + quality);
    }

    @ParameterizedTest
    @CsvSource({
        "authentication,authentication",
        "authentication,privacy",
        "integrity,integrity",
        "integrity,privacy",
        "privacy,privacy"
    })
    void hadoopWorksWithEachQuality(String required, String asked) throws Exception {
        try (NodeServer node = node(required)) {
            assertThat(work(node, 5, asking(asked)).getLast()).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authentication", "integrity", "privacy"})
    void theFilesOfClientConfigAreEnough(String required) throws Exception {
        try (NodeServer node = node(required)) {
            String admin = "forebay://127.0.0.1:" + DelegationTokenTest.port(node, "admin");
            Path conf = folder.resolve("conf");
            ForebayCommand command = new ForebayCommand(folder, admin);
            assertThat(command.run("client-config", conf.toString()).code()).isZero();
            assertThat(workWith(node, 5, List.of(conf.toUri().toString())).getLast())
                    .isEqualTo("done");
        }
    }

    @Test
    void hadoopEncryptsWithTheKeyThatItIsGiven() throws Exception {
        try (NodeServer node = node("privacy")) {
            String rpc = "hadoop.rpc.protection=privacy";
            assertThat(work(node, 5, List.of(rpc)).getLast()).isEqualTo("done");
            String cipher = "dfs.encrypt.data.transfer.cipher.suites=AES/CTR/NoPadding";
            assertThat(work(node, 5, List.of(rpc, cipher)).getLast()).isEqualTo("done");
        }
    }

    @Test
    @Tag("slow")
    void sixtyFourMebibytesComeBack() throws Exception {
        try (NodeServer node = node("privacy")) {
            assertThat(work(node, 64, asking("privacy")).getLast()).isEqualTo("done");
        }
        try (NodeServer node = node("integrity")) {
            assertThat(work(node, 64, asking("integrity")).getLast()).isEqualTo("done");
        }
    }

    /** It takes the strongest quality that it is offered, and tells ciphers apart by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"authentication", "integrity", "privacy"})
    void hdfsNativeWorksWithEachQuality(String required) throws Exception {
        try (NodeServer node = node(required)) {
            URI address = DelegationTokenTest.hdfs(node);
            Token<?> token = DelegationTokenTest.fetched(node);
            DelegationTokenTest.at(token, address);
            Credentials credentials = new Credentials();
            credentials.addToken(new Text(token.getService()), token);
            Path file = folder.resolve("tokens");
            credentials.writeTokenStorageFile(
                    new org.apache.hadoop.fs.Path(file.toUri()), new Configuration());
            ProcessBuilder python =
                    HdfsNative.install()
                            .python(
                                    "-c",
                                    """
                                    import sys, hdfs_native
                                    asked = {"hadoop.security.authentication": "kerberos",
                                             "dfs.data.transfer.protection": sys.argv[2],
                                             "hadoop.rpc.protection": sys.argv[2]}
                                    client = hdfs_native.Client(sys.argv[1], asked)
                                    options = hdfs_native.WriteOptions(overwrite=True)
                                    with client.create("/native", options) as f:
                                        f.write(b"by token" * 1000000)
                                    print(client.read("/native").read() == b"by token" * 1000000)
                                    """,
                                    address.toString(),
                                    required);
            python.environment().put("HADOOP_TOKEN_FILE_LOCATION", file.toString());
            assertThat(ChildProcess.run(LIMIT, python).getLast()).isEqualTo("True");
        }
    }
}
