package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.forebay.base.FilePath;
import dev.forebay.files.MountRequest;
import dev.forebay.wire.AuditLog;
import dev.forebay.wire.RequestMetrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Optional;

/** The namespace of the protocol, through a socket. */
class WebHdfsGatewayTest {
    private RunningGateway node;

    @BeforeEach
    void start() {
        node = new RunningGateway();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /?op=NOSUCH, 400, IllegalArgumentException",
        "GET, /, 400, UnsupportedOperationException",
        "GET, /?op=, 400, UnsupportedOperationException",
        "GET, /?op=MKDIRS, 400, UnsupportedOperationException",
        "HEAD2, /?op=OPEN, 400, UnsupportedOperationException",
        "PUT, /?op=SETQUOTA, 400, IllegalArgumentException",
        "PUT, /?op=SETACL, 400, IllegalArgumentException",
        "PUT, /x?op=SETTIMES&accesstime=x, 400, IllegalArgumentException",
        "GET, /x?op=GETFILESTATUS, 404, FileNotFoundException",
        "GET, /x?op=LISTSTATUS, 404, FileNotFoundException",
        "GET, /x?op=GETACLSTATUS, 404, FileNotFoundException",
        "GET, /x?op=GETXATTRS, 404, FileNotFoundException",
        "GET, /x?op=GETECPOLICY, 404, FileNotFoundException",
        "GET, /x?op=GETSTORAGEPOLICY, 404, FileNotFoundException",
        "GET, /x?op=GETFILECHECKSUM, 404, FileNotFoundException",
        "GET, /x?op=GETFILEBLOCKLOCATIONS, 404, FileNotFoundException",
        "GET, /?op=GETFILEBLOCKLOCATIONS, 404, FileNotFoundException",
        "GET, /?op=GETSNAPSHOTLIST, 403, SnapshotException",
        "GET, /?op=GETLINKTARGET, 403, IOException",
        "GET, /?op=GETXATTRS&xattr.name=user.x, 403, XAttrNotFoundException",
        "GET, /?op=OPEN, 404, FileNotFoundException",
        "POST, /?op=APPEND, 404, FileNotFoundException",
        "POST, /x?op=APPEND, 404, FileNotFoundException",
        "PUT, /x?op=SETPERMISSION, 404, FileNotFoundException",
        "DELETE, /?op=DELETE, 200, ",
        "GET, /%zz?op=OPEN, 400, ",
        "GET, /x/%2e%2e%2fy?op=GETFILESTATUS, 400, InvalidPathException"
    })
    void everyRefusalIsAnErrorObject(String method, String target, int status, String exception) {
        String answer = raw(method, target);
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (exception != null) {
            assertThat(answer)
                    .contains("{\"RemoteException\":{\"exception\":\"" + exception + "\",")
                    .contains("Content-Type: application/json");
        }
    }

    /** Past the checks of a client library. */
    private String raw(String method, String target) {
        try {
            return node.exchange(method + " /webhdfs/v1" + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void otherUrlsAreNotFound() throws IOException {
        for (String url : new String[] {"/", "/webhdfs", "/webhdfs/v1x", "/webhdfs/v2/"}) {
            assertThat(node.exchange("GET " + url + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .contains("FileNotFoundException");
        }
        assertThat(node.exchange("GET /webhdfs/v1?op=LISTSTATUS HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void booleanAnswers() {
        assertThat(node.call("PUT", "/d/e?op=MKDIRS")).isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("PUT", "/d/e?op=MKDIRS")).isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("PUT", "/?op=MKDIRS")).isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("PUT", "/d?op=SETREPLICATION&replication=2"))
                .isEqualTo("200 {\"boolean\":false}");
        assertThat(node.call("PUT", "/x?op=SETREPLICATION&replication=2"))
                .isEqualTo("200 {\"boolean\":false}");
        assertThat(node.call("DELETE", "/d/e?op=DELETE")).isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("DELETE", "/d/e?op=DELETE")).isEqualTo("200 {\"boolean\":false}");
    }

    @Test
    void rootIsEmptiedAndStays() {
        node.write("/a/b/f", "x");
        node.write("/g", "x");
        assertThat(node.call("DELETE", "/?op=DELETE"))
                .startsWith("403 ")
                .contains("PathIsNotEmptyDirectoryException");
        assertThat(node.call("DELETE", "/?op=DELETE&recursive=true"))
                .isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("GET", "/?op=LISTSTATUS"))
                .isEqualTo("200 {\"FileStatuses\":{\"FileStatus\":[]}}");
        assertThat(node.call("DELETE", "/?op=DELETE")).isEqualTo("200 {\"boolean\":false}");
    }

    @Test
    void mountPointsOfTheRootStay() {
        node.engine.mount(
                RunningGateway.NODE,
                FilePath.parse("/m"),
                new MountRequest("memory://place", Map.of(), false, false));
        node.write("/a", "x");
        node.write("/m/f", "x");
        node.write("/z", "x");
        assertThat(node.call("DELETE", "/?op=DELETE&recursive=true"))
                .isEqualTo("200 {\"boolean\":true}");
        assertThat(node.call("GET", "/?op=LISTSTATUS"))
                .contains("\"pathSuffix\":\"m\"")
                .doesNotContain("\"pathSuffix\":\"a\"", "\"pathSuffix\":\"z\"");
        assertThat(node.read("/m/f")).isEqualTo("200 x");
    }

    @ParameterizedTest
    @CsvSource({
        "/f, /new, true",
        "/f, /f, true",
        "/f, /d, true",
        "/d, /d2, true",
        "/f, /g, false",
        "/none, /new, false",
        "/f, /none/new, false",
        "/f, /g/new, false",
        "/d, /d, false",
        "/d, /d/e/d, false",
        "/d, /d/new, false",
        "/, /new, false",
        "/, /d, false",
        "/f, /full, false"
    })
    void renameIsTrueOrFalse(String source, String target, boolean done) {
        node.write("/f", "f");
        node.write("/g", "g");
        node.write("/full/f", "old");
        node.call("PUT", "/d/e?op=MKDIRS");
        assertThat(node.call("PUT", source + "?op=RENAME&destination=" + target))
                .isEqualTo("200 {\"boolean\":" + done + "}");
        assertThat(node.read("/g")).isEqualTo("200 g");
        assertThat(node.read("/full/f")).isEqualTo("200 old");
    }

    @Test
    void fileListsItselfWithoutAName() {
        node.write("/f", "x");
        String status = node.call("GET", "/f?op=GETFILESTATUS");
        String inner = status.substring(status.indexOf(":{") + 1, status.length() - 1);
        assertThat(node.call("GET", "/f?op=LISTSTATUS"))
                .isEqualTo("200 {\"FileStatuses\":{\"FileStatus\":[" + inner + "]}}")
                .contains("\"pathSuffix\":\"\"");
        assertThat(node.call("GET", "/f?op=LISTSTATUS_BATCH"))
                .isEqualTo(
                        "200 {\"DirectoryListing\":{\"partialListing\":{\"FileStatuses\":"
                                + "{\"FileStatus\":["
                                + inner
                                + "]}},\"remainingEntries\":0}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GETHOMEDIRECTORY|{\"Path\":\"/user/ann\"}",
                "GETTRASHROOT|{\"Path\":\"/user/ann/.Trash\"}",
                "GETACLSTATUS|{\"AclStatus\":{\"entries\":[],\"group\":\"ann\",\"owner\":\"ann\","
                        + "\"permission\":\"755\",\"stickyBit\":false}}",
                "GETXATTRS|{\"XAttrs\":[]}",
                "LISTXATTRS|{\"XAttrNames\":\"[]\"}",
                "GETECPOLICY|null",
                "GETSNAPSHOTTABLEDIRECTORYLIST|{\"SnapshottableDirectoryList\":null}",
                "GETQUOTAUSAGE|{\"QuotaUsage\":{\"fileAndDirectoryCount\":2,\"quota\":-1,"
                        + "\"spaceConsumed\":3,\"spaceQuota\":-1,\"typeQuota\":{}}}",
                "GETCONTENTSUMMARY|{\"ContentSummary\":{\"directoryCount\":1,\"ecPolicy\":\"\","
                        + "\"fileCount\":1,\"length\":3,\"quota\":-1,\"snapshotDirectoryCount\":0,"
                        + "\"snapshotFileCount\":0,\"snapshotLength\":0,"
                        + "\"snapshotSpaceConsumed\":0,\"spaceConsumed\":3,\"spaceQuota\":-1,"
                        + "\"typeQuota\":{}}}",
                "GETSERVERDEFAULTS|{\"FsServerDefaults\":{\"replication\":1,"
                        + "\"encryptDataTransfer\":false,\"defaultStoragePolicyId\":7,"
                        + "\"writePacketSize\":65536,\"fileBufferSize\":4096,\"checksumType\":2,"
                        + "\"trashInterval\":0,\"keyProviderUri\":\"\",\"blockSize\":1048576,"
                        + "\"bytesPerChecksum\":512}}",
                "GETSTORAGEPOLICY|{\"BlockStoragePolicy\":{\"copyOnCreateFile\":false,"
                        + "\"creationFallbacks\":[],\"id\":7,\"name\":\"HOT\","
                        + "\"replicationFallbacks\":[\"ARCHIVE\"],\"storageTypes\":[\"DISK\"]}}"
            })
    void shapesOfAnswers(String operation, String json) {
        node.write("/f", "abc");
        assertThat(node.call("GET", "/?op=" + operation)).isEqualTo("200 " + json);
    }

    @Test
    void everyNameOfTheProtocolIsKnown() {
        for (String operation :
                new String[] {
                    "DISABLEECPOLICY", "CREATESYMLINK", "ENABLEECPOLICY", "SETECPOLICY"
                }) {
            assertThat(node.call("PUT", "/?op=" + operation))
                    .startsWith("400 ")
                    .contains("UnsupportedOperationException")
                    .contains(operation + " is not supported");
        }
    }

    @Test
    void modesOfDirectories() {
        node.call("PUT", "/a?op=MKDIRS&permission=700&unmaskedpermission=777");
        node.call("PUT", "/b?op=MKDIRS&unmaskedpermission=770");
        node.call("PUT", "/c?op=MKDIRS");
        assertThat(node.call("GET", "/a?op=GETFILESTATUS")).contains("\"permission\":\"700\"");
        assertThat(node.call("GET", "/b?op=GETFILESTATUS")).contains("\"permission\":\"770\"");
        assertThat(node.call("GET", "/c?op=GETFILESTATUS")).contains("\"permission\":\"755\"");
        node.call("PUT", "/a?op=SETPERMISSION");
        assertThat(node.call("GET", "/a?op=GETFILESTATUS")).contains("\"permission\":\"755\"");
    }

    @Test
    void belowAFileThereIsNothingForTheSuperuser() {
        node.call("PUT", "/f?op=CREATE", "x");
        assertThat(node.call("GET", "/f/g?op=GETFILESTATUS"))
                .startsWith("404 ")
                .contains("FileNotFoundException");
        assertThat(node.call("GET", "/f/g?op=GETFILESTATUS&user.name=other"))
                .startsWith("403 ")
                .contains("ParentNotDirectoryException");
    }

    @Test
    void requestsAreCountedAndKept() {
        node.call("PUT", "/f?op=CREATE&data=true&user.name=ann", "abc");
        node.call("PUT", "/f?op=RENAME&destination=/g&user.name=bob");
        node.call("GET", "/f?op=open");
        node.call("GET", "/g?op=NOSUCH");
        node.settle();
        assertThat(node.outcomes)
                .extracting(
                        RequestMetrics.Outcome::gateway,
                        RequestMetrics.Outcome::operation,
                        RequestMetrics.Outcome::status)
                .containsExactly(
                        tuple("webhdfs", "CREATE", "OK"),
                        tuple("webhdfs", "RENAME", "AccessControlException"),
                        tuple("webhdfs", "OPEN", "OK"),
                        tuple("webhdfs", "unknown", "IllegalArgumentException"));
        assertThat(node.outcomes.getFirst().traffic().received()).isEqualTo(3);
        assertThat(node.outcomes.get(2).traffic().sent()).isEqualTo(3);
        AuditLog.Entry rename = node.audit.get(1);
        assertThat(rename.caller().user()).isEqualTo("bob");
        assertThat(rename.caller().origin()).isEqualTo("127.0.0.1");
        assertThat(rename.operation().path()).isEqualTo("/f");
        assertThat(rename.operation().target()).isEqualTo(Optional.of("/g"));
    }

    @Test
    void optionsTellsTheMethods() {
        var answer =
                node.send(node.request("/").method("OPTIONS", BodyPublishers.noBody()).build());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Allow")).contains("GET,PUT,POST,DELETE,OPTIONS");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
