package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.Clock;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.Unavailable;
import dev.forebay.wire.HttpListener;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

class HdfsConfigTest {
    private static final HdfsConfig PLAIN = HdfsConfig.of(Principal::node);

    private static HdfsConfig with(long blockSize, int connectionsMax) {
        return new HdfsConfig(
                PLAIN.rpc(),
                PLAIN.data(),
                Optional.empty(),
                Optional.empty(),
                PLAIN.identity(),
                false,
                Protection.AUTHENTICATION,
                blockSize,
                connectionsMax);
    }

    @Test
    void defaultsAreTheProtocolsOwnOnLoopback() {
        assertThat(PLAIN.rpc()).isEqualTo(new HttpListener.Address("127.0.0.1", 8020, "hdfs.port"));
        assertThat(PLAIN.data())
                .isEqualTo(new HttpListener.Address("127.0.0.1", 9866, "hdfs.data-port"));
        assertThat(PLAIN.advertised()).isEmpty();
        assertThat(PLAIN.domainSocket()).isEmpty();
        assertThat(PLAIN.identity().proxies()).isEmpty();
        assertThat(PLAIN.blockSize()).isEqualTo(134_217_728);
        assertThat(PLAIN.connectionsMax()).isEqualTo(10_000);
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> with(513, 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> with(0, 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> with(512, 0)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> new HdfsConfig.Advertised("", 1)).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> new HdfsConfig.Advertised("a", 0)).isInstanceOf(Invalid.class);
    }

    @Test
    void theSocketLiesInTheFolderAndNamesThePort() {
        DomainSocket socket = DomainSocket.of(Path.of("dn._PORT"));
        assertThat(socket.mode()).isEqualTo(0600);
        assertThat(socket.in(Path.of("/data")).at(77)).isEqualTo(Path.of("/data/dn.77"));
        assertThat(DomainSocket.of(Path.of("/run/dn")).in(Path.of("/data")).at(77))
                .isEqualTo(Path.of("/run/dn"));
        assertThatThrownBy(() -> new DomainSocket(Path.of("dn"), 01000, true))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void onlyWhoProvesWhoItIsCanBeProtected() {
        for (Protection protection : new Protection[] {Protection.INTEGRITY, Protection.PRIVACY}) {
            assertThatThrownBy(
                            () ->
                                    new HdfsConfig(
                                            PLAIN.rpc(),
                                            PLAIN.data(),
                                            Optional.empty(),
                                            Optional.empty(),
                                            PLAIN.identity(),
                                            false,
                                            protection,
                                            512,
                                            1))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("hdfs.authentication=token");
        }
    }

    @Test
    void anAdvertisedAddressIsReadFromText() {
        assertThat(HdfsConfig.Advertised.parse("node.example:19866"))
                .isEqualTo(new HdfsConfig.Advertised("node.example", 19_866));
        for (String wrong :
                new String[] {"node", ":1", "node:", "node:x", "node:0", "node:70000"}) {
            assertThatThrownBy(() -> HdfsConfig.Advertised.parse(wrong))
                    .isInstanceOf(Invalid.class);
        }
    }

    @Test
    void anAddressThatIsTakenNamesItsSetting() {
        try (RunningGateway running = new RunningGateway()) {
            var taken =
                    new HttpListener.Address(
                            "127.0.0.1", running.gateway.dataPort(), "hdfs.data-port");
            HdfsConfig config =
                    new HdfsConfig(
                            new HttpListener.Address("127.0.0.1", 0, "hdfs.port"),
                            taken,
                            Optional.empty(),
                            Optional.empty(),
                            PLAIN.identity(),
                            false,
                            Protection.AUTHENTICATION,
                            PLAIN.blockSize(),
                            1);
            var parts =
                    new HdfsGateway.Parts(
                            running.engine,
                            running.tokens,
                            Clock.system(),
                            running.outcomes::add,
                            running.audit::add);
            assertThatThrownBy(() -> new HdfsGateway(config, parts))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("hdfs.data-port");
        }
    }
}
