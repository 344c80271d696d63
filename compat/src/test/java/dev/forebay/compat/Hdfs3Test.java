package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** hdfs3 and libhdfs3 against the gateway, where a libhdfs3 is given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Hdfs3Test {
    /** Fewer means that the suite was not found or not chosen. */
    private static final int PASSED_MIN = 55;

    private static final Duration SUITE_LIMIT = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern PASSED = Pattern.compile("\\b(\\d+) passed\\b");

    private Path folder;
    private Hdfs3 hdfs3;
    private NodeProcess node;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException, InterruptedException {
        folder = temporary;
        hdfs3 = Hdfs3.install();
        node = NodeProcess.start(folder);
        new ForebayCommand(folder, "forebay://127.0.0.1:" + node.port("admin"))
                .good("client-config", conf().toString());
    }

    @AfterAll
    void stop() throws IOException, InterruptedException {
        if (node != null) {
            node.stop();
        }
    }

    private Path conf() {
        return folder.resolve("conf");
    }

    private ProcessBuilder python(String... arguments) throws IOException {
        return python(node, arguments);
    }

    private ProcessBuilder python(NodeProcess node, String... arguments) throws IOException {
        ProcessBuilder builder = hdfs3.python(Stream.of(arguments));
        builder.environment().put("HDFS_HOST", "127.0.0.1");
        builder.environment().put("HDFS_PORT", Integer.toString(node.port("hdfs")));
        builder.environment().put("HDFS_SUPERUSER", NodeProcess.USER);
        builder.environment().put("HDFS_CONF", conf().toString());
        String http = "http://127.0.0.1:";
        builder.environment().put("WEBHDFS_URL", http + node.port("webhdfs"));
        builder.environment().put("METRICS_URL", http + node.port("admin") + "/metrics");
        return builder;
    }

    @Test
    void everyMethodWorks(TestReporter report) throws IOException, InterruptedException {
        String last =
                ChildProcess.run(
                                SUITE_LIMIT,
                                python(
                                        "-m",
                                        "pytest",
                                        "-q",
                                        "--tb=short",
                                        "--show-capture=no",
                                        "--durations=10"))
                        .getLast();
        Matcher passed = PASSED.matcher(last);
        assertThat(passed.find()).as(last).isTrue();
        report.publishEntry("hdfs3 passed", passed.group(1));
        assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(PASSED_MIN);
        assertThat(node.isAlive()).isTrue();
    }

    @Test
    void hdfsNativeAndHdfs3ReadWhatTheOtherWrote() throws IOException, InterruptedException {
        String write =
                """
                from support import connect, content, write
                write(connect(), '/from-hdfs3', content(3000001), block_size=1 << 20)
                """;
        ChildProcess.run(LIMIT, python("-c", write));
        ProcessBuilder rust =
                HdfsNative.install()
                        .python(
                                "-c",
                                """
                                from support import as_user, read, write
                                client = as_user('%s')
                                write(client, '/from-native', read(client, '/from-hdfs3'))
                                """
                                        .formatted(NodeProcess.USER));
        rust.environment().put("HDFS_ADDRESS", node.hdfs().toString());
        ChildProcess.run(LIMIT, rust);
        String read =
                """
                from support import connect, content, web
                assert connect().cat('/from-native') == content(3000001)
                assert web('/from-native') == content(3000001)
                print('equal')
                """;
        assertThat(ChildProcess.run(LIMIT, python("-c", read))).contains("equal");
    }

    /** Block tokens, and data protected as the client asks. */
    @Test
    void worksWhereTokensAreRequired() throws IOException, InterruptedException {
        String program =
                """
                import json, os, sys, urllib.request
                from support import HOST, PORT, SUPERUSER, connect, content, requests
                service = '%s:%d' % (HOST, PORT)
                url = '%s/webhdfs/v1/?op=GETDELEGATIONTOKEN&user.name=%s&service=%s&kind=%s' % (
                    os.environ['WEBHDFS_URL'], SUPERUSER, service, 'HDFS_DELEGATION_TOKEN')
                token = json.loads(urllib.request.urlopen(url).read().decode())
                token = token['Token']['urlString']
                secure = {'hadoop.security.authentication': 'kerberos'}
                local = {'dfs.client.read.shortcircuit': 'true',
                         'dfs.domain.socket.path': sys.argv[1]}
                private = {'dfs.block.access.token.enable': 'true',
                           'dfs.data.transfer.protection': 'privacy'}
                for name, pars in (('plain', {}), ('local', local), ('private', private)):
                    hdfs = connect(token=token, pars=dict(secure, **pars))
                    before = requests('protect-data')
                    with hdfs.open('/' + name, 'wb') as f:
                        f.write(content(3000001))
                    assert hdfs.cat('/' + name) == content(3000001)
                    with hdfs.open('/' + name, 'ab') as f:
                        f.write(b'more')
                    assert hdfs.tail('/' + name, 4) == b'more'
                    assert (requests('protect-data') > before) == (name == 'private')
                try:
                    connect(pars={'rpc.client.connect.retry': '1'})
                except ConnectionError:
                    print('refused without a token')
                """;
        Map<String, String> settings =
                Map.of("hdfs.authentication", "token", "delegation.issued-to", NodeProcess.USER);
        try (NodeProcess guarded = NodeProcess.start(folder.resolve("guarded"), settings)) {
            String socket = guarded.data().resolve("dn_socket").toString();
            assertThat(ChildProcess.run(LIMIT, python(guarded, "-c", program, socket)))
                    .contains("refused without a token");
        }
    }
}
