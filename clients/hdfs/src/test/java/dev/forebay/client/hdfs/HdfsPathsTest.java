package dev.forebay.client.hdfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.FilesException;

import org.junit.jupiter.api.Test;

class HdfsPathsTest {
    @Test
    void namesStayAsTheyAre() {
        for (String path :
                new String[] {"/", "/a b", "/%41", "/a+b;c?d#e", "/\u00fc\u2603", "/\\"}) {
            assertThat(HdfsPaths.text(HdfsPaths.of(path))).isEqualTo(path);
        }
    }

    @Test
    void whatHadoopCannotTakeIsRefused() {
        assertThatThrownBy(() -> HdfsPaths.of("relative"))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> HdfsPaths.of("/a:b"))
                .isInstanceOf(FilesException.InvalidArgument.class);
        assertThatThrownBy(() -> HdfsPaths.of("/\udc80"))
                .isInstanceOf(FilesException.Unimplemented.class);
    }

    @Test
    void belowMeansBelow() {
        assertThat(HdfsPaths.contains(HdfsPaths.of("/a"), HdfsPaths.of("/a/b"))).isTrue();
        assertThat(HdfsPaths.contains(HdfsPaths.of("/a"), HdfsPaths.of("/ab"))).isFalse();
        assertThat(HdfsPaths.contains(HdfsPaths.of("/"), HdfsPaths.of("/a"))).isTrue();
    }
}
