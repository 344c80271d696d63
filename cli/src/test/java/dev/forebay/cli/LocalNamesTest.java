package dev.forebay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.client.FilesException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class LocalNamesTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b%;", "x\udcff\udc80y", "\udcc3("})
    void namesSurviveTheLocalFileSystem(String name) throws IOException {
        Files.writeString(LocalNames.child(folder, name), name.length() + "");

        try (var children = Files.newDirectoryStream(folder)) {
            assertThat(children).map(LocalNames::name).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0b"})
    void namesThatLeaveTheFolderAreRefused(String name) {
        assertThatThrownBy(() -> LocalNames.child(folder, name))
                .isInstanceOf(FilesException.InvalidArgument.class);
    }

    @Test
    void destinationsKeepNames() {
        assertThat(Destination.name("/a/b/")).isEqualTo("b");
        assertThat(Destination.name("/")).isEmpty();
        assertThat(Destination.child("/", "a")).isEqualTo("/a");
        assertThat(new Destination("/d", true).of("f")).isEqualTo("/d/f");
        assertThat(UsageCommand.child("/a", "/a/b/c")).isEqualTo("/a/b");
        assertThat(UsageCommand.child("/a", "/a")).isEqualTo("/a");
    }
}
