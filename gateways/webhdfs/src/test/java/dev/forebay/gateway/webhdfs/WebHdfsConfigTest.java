package dev.forebay.gateway.webhdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.DataSize;
import dev.forebay.base.Principal;
import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

class WebHdfsConfigTest {
    private static final WebHdfsConfig DEFAULT = WebHdfsConfig.of(Principal.node("ann"));

    @Test
    void defaults() {
        assertThat(DEFAULT.listener().host()).isEqualTo("127.0.0.1");
        assertThat(DEFAULT.listener().port()).isEqualTo(9870);
        assertThat(DEFAULT.listener().setting()).isEqualTo("webhdfs.port");
        assertThat(DEFAULT.identity().proxyUsers()).isEmpty();
        assertThat(DEFAULT.advertised()).isEmpty();
        assertThat(DEFAULT.corsOrigins()).isEmpty();
        assertThat(DEFAULT.blockSize()).isEqualTo(new DataSize(64L << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:9870", "http://host/", "", "hdfs://host"})
    void advertisedIsAUrl(String advertised) {
        assertThatThrownBy(() -> with(Optional.of(advertised), DEFAULT.blockSize()))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void blockSizeIsPositive() {
        assertThatThrownBy(() -> with(Optional.empty(), new DataSize(0)))
                .isInstanceOf(Invalid.class);
        assertThat(with(Optional.of("https://host:1"), new DataSize(1)).advertised()).isPresent();
    }

    private static WebHdfsConfig with(Optional<String> advertised, DataSize blockSize) {
        return new WebHdfsConfig(
                DEFAULT.listener(), DEFAULT.identity(), advertised, Set.of(), blockSize);
    }
}
