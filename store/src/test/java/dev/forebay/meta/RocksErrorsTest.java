package dev.forebay.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.error.Corrupt;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Internal;
import dev.forebay.base.error.InvalidState;
import dev.forebay.base.error.OutOfSpace;

import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.rocksdb.Status.SubCode;

class RocksErrorsTest {
    private static ForebayException of(Code code, SubCode subCode, String state) {
        var failure = new RocksDBException(new Status(code, subCode, state));
        ForebayException error = RocksErrors.of(failure, "/store");
        assertThat(error).hasCause(failure);
        assertThat(error.subject()).isEqualTo("/store");
        return error;
    }

    @Test
    void eachKindHasItsError() {
        assertThat(of(Code.Corruption, SubCode.None, "block checksum")).isInstanceOf(Corrupt.class);
        assertThat(of(Code.IOError, SubCode.NoSpace, "While appending"))
                .isInstanceOf(OutOfSpace.class);
        assertThat(of(Code.IOError, SubCode.None, "While open: No such file or directory"))
                .isInstanceOf(Corrupt.class);
        assertThat(of(Code.IOError, SubCode.None, "Input/output error"))
                .isInstanceOf(Internal.class);
        assertThat(of(Code.Aborted, SubCode.None, "")).isInstanceOf(Internal.class);
        assertThat(RocksErrors.of(new RocksDBException("without a status"), "/store"))
                .isInstanceOf(Internal.class);
    }

    @Test
    void aLockHeldElsewhereIsAStateOnlyWhenOpening() {
        var failure =
                new RocksDBException(
                        new Status(Code.IOError, SubCode.None, "While lock file: /store/LOCK"));
        assertThat(RocksErrors.ofOpening(failure, "/store")).isInstanceOf(InvalidState.class);
        assertThat(RocksErrors.of(failure, "/store")).isInstanceOf(Internal.class);
    }
}
