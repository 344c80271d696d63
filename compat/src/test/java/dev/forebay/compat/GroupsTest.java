package dev.forebay.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.node.NodeConfig;
import dev.forebay.node.NodeServer;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.tools.DFSAdmin;
import org.apache.hadoop.hdfs.tools.GetGroups;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.UserGroupInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PrivilegedExceptionAction;
import java.util.List;

/** Groups of users decide over HDFS and WebHDFS; the REST of Alluxio names no user. */
class GroupsTest {
    private static final Path FILE = new Path("/of-the-crew");

    @TempDir private java.nio.file.Path folder = java.nio.file.Path.of("target");
    private NodeServer node;

    @BeforeEach
    void start() {
        node =
                NodeServer.start(
                        NodeConfig.at(folder.resolve("data"))
                                .withFreePorts()
                                .with("arena.capacity", "64MB")
                                .with("node.user", "owner")
                                .with("node.groups", "ann=staff,crew;bob=staff;eve=wheel")
                                .with("node.supergroup", "wheel"));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private List<URI> addresses() {
        return List.of(
                DelegationTokenTest.hdfs(node),
                URI.create("webhdfs://127.0.0.1:" + DelegationTokenTest.port(node, "webhdfs")));
    }

    private static byte[] read(URI address, String user) throws IOException, InterruptedException {
        try (FileSystem files = FileSystem.newInstance(address, new Configuration(), user);
                FSDataInputStream stream = files.open(FILE)) {
            return stream.readAllBytes();
        }
    }

    @Test
    void membersMayWhatOthersMayNot() throws IOException, InterruptedException {
        URI hdfs = addresses().getFirst();
        try (FileSystem files = FileSystem.newInstance(hdfs, new Configuration(), "owner")) {
            try (FSDataOutputStream stream = files.create(FILE)) {
                stream.write(7);
            }
            files.setOwner(FILE, "cap", "crew");
            files.setPermission(FILE, new FsPermission((short) 0640));
        }
        for (URI address : addresses()) {
            assertThat(read(address, "ann")).containsExactly(7);
            assertThat(read(address, "eve")).containsExactly(7);
            for (String other : List.of("bob", "wheel")) {
                assertThatThrownBy(() -> read(address, other))
                        .isInstanceOf(AccessControlException.class);
            }
        }
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set("fs.defaultFS", DelegationTokenTest.hdfs(node).toString());
        return configuration;
    }

    @Test
    void commandsTellGroups() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream told = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new GetGroups(configuration(), told).run(new String[] {"ann", "nobody-knows"});
        assertThat(code).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("ann : staff crew\nnobody-knows : nobody-knows\n");
        assertThat(asEve("-refreshUserToGroupsMappings")).isZero();
        assertThat(asEve("-refreshSuperUserGroupsConfiguration")).isZero();
    }

    private int asEve(String command) throws Exception {
        return UserGroupInformation.createRemoteUser("eve")
                .doAs(
                        (PrivilegedExceptionAction<Integer>)
                                () -> new DFSAdmin(configuration()).run(new String[] {command}));
    }
}
