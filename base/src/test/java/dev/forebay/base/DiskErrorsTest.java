package dev.forebay.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.error.AlreadyExists;
import dev.forebay.base.error.Closed;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotEmpty;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;

class DiskErrorsTest {
    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("x"), NotFound.class),
                Arguments.of(new FileAlreadyExistsException("x"), AlreadyExists.class),
                Arguments.of(new DirectoryNotEmptyException("x"), NotEmpty.class),
                Arguments.of(new NotDirectoryException("x"), NotADirectory.class),
                Arguments.of(new AccessDeniedException("x"), PermissionDenied.class),
                Arguments.of(new ClosedChannelException(), Closed.class),
                Arguments.of(new IOException("No space left on device"), OutOfSpace.class),
                Arguments.of(new IOException("Disk quota exceeded"), OutOfSpace.class),
                Arguments.of(
                        new FileSystemException("x", null, "No space left on device"),
                        OutOfSpace.class),
                Arguments.of(
                        new FileSystemException("x", null, "Read-only file system"),
                        PermissionDenied.class),
                Arguments.of(new IOException("Input/output error"), Unavailable.class),
                Arguments.of(new IOException(), Unavailable.class));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachFailureHasItsType(IOException failure, Class<? extends ForebayException> type) {
        ForebayException error = DiskErrors.of(failure, "subject");
        assertThat(error).isInstanceOf(type).hasCause(failure);
        assertThat(error.subject()).isEqualTo("subject");
    }

    @Test
    void onlyLackOfSpaceIsThat() {
        assertThat(DiskErrors.isOutOfSpace(new IOException("Disk quota exceeded"))).isTrue();
        assertThat(DiskErrors.isOutOfSpace(new IOException("Input/output error"))).isFalse();
        assertThat(DiskErrors.isOutOfSpace(new IOException())).isFalse();
    }
}
