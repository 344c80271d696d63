package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.AclProtos.FsPermissionProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos.SetPermissionResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.GetXAttrsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.ListXAttrsRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.ListXAttrsResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.RemoveXAttrRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.SetXAttrRequestProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.SetXAttrResponseProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.XAttrProto;
import org.apache.hadoop.hdfs.protocol.proto.XAttrProtos.XAttrProto.XAttrNamespaceProto;
import org.apache.hadoop.thirdparty.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/** Extended attributes as the Go client, which is exact about them, wants them answered. */
class ExtendedAttributeMethodsTest {
    private static final String PATH = "/f";
    private static final XAttrProto MINE = attribute(XAttrNamespaceProto.USER, "mine");
    private static final XAttrProto SECRET = attribute(XAttrNamespaceProto.TRUSTED, "secret");

    private final RunningGateway running = new RunningGateway();
    private final WireClient client = running.client();

    private static XAttrProto attribute(XAttrNamespaceProto space, String name) {
        return XAttrProto.newBuilder()
                .setNamespace(space)
                .setName(name)
                .setValue(ByteString.copyFromUtf8("value of " + name))
                .build();
    }

    @BeforeEach
    void makeFile() {
        client.create(PATH);
        for (XAttrProto each : List.of(MINE, SECRET)) {
            client.call(
                    "setXAttr",
                    SetXAttrRequestProto.newBuilder()
                            .setSrc(PATH)
                            .setXAttr(each)
                            .setFlag(3)
                            .build(),
                    SetXAttrResponseProto.parser());
        }
    }

    @AfterEach
    void stop() {
        client.close();
        running.close();
    }

    private static List<XAttrProto> list(WireClient client) {
        return client.call(
                        "listXAttrs",
                        ListXAttrsRequestProto.newBuilder().setSrc(PATH).build(),
                        ListXAttrsResponseProto.parser())
                .getXAttrsList();
    }

    @Test
    void valuesAreListedForWhoMayReadTheFile() {
        assertThat(list(client)).containsExactlyInAnyOrder(MINE, SECRET);
        try (WireClient bob = WireClient.open(running, "bob")) {
            assertThat(list(bob)).containsExactly(MINE);
        }
    }

    @Test
    void onlyNamesAreListedForOthers() {
        client.call(
                "setPermission",
                SetPermissionRequestProto.newBuilder()
                        .setSrc(PATH)
                        .setPermission(FsPermissionProto.newBuilder().setPerm(0600))
                        .build(),
                SetPermissionResponseProto.parser());
        try (WireClient bob = WireClient.open(running, "bob")) {
            assertThat(list(bob)).containsExactly(MINE.toBuilder().clearValue().build());
        }
    }

    @Test
    void whoMayNotKnowANameIsToldSo() {
        GetXAttrsRequestProto request =
                GetXAttrsRequestProto.newBuilder().setSrc(PATH).addXAttrs(SECRET).build();
        assertThat(client.call("getXAttrs", request).error()).isEmpty();
        try (WireClient bob = WireClient.open(running, "bob")) {
            var header = bob.call("getXAttrs", request).header();
            assertThat(header.getExceptionClassName()).isEqualTo(RpcError.ACCESS);
            assertThat(header.getErrorMsg())
                    .startsWith("User doesn't have permission for xattr: trusted.secret");
        }
    }

    @Test
    void whatIsNotThereCannotBeRemoved() {
        XAttrProto other = attribute(XAttrNamespaceProto.USER, "other");
        RemoveXAttrRequestProto request =
                RemoveXAttrRequestProto.newBuilder().setSrc(PATH).setXAttr(other).build();
        var header = client.call("removeXAttr", request).header();
        assertThat(header.getExceptionClassName()).isEqualTo(RpcError.IO);
        assertThat(header.getErrorMsg())
                .startsWith("No matching attributes found for remove operation");
    }
}
