package dev.forebay.gateway.alluxio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;
import dev.forebay.files.AttributeChange;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.FileEngine;
import dev.forebay.files.FileStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Option objects as the Python package alluxio sends them. The documents marked with a version have
 * the form that its option.py and wire.py build.
 */
class OptionsTest {
    @Test
    void createFileOfClient014() {
        // 0.1.4: option.CreateFile with all fields
        CreateOptions options =
                Options.file(
                        parse(
                                """
                                {"blockSizeBytes": 1024, "locationPolicyClass": "a.b.C",
                                "mode": {"ownerBits": "ALL", "groupBits": "READ_EXECUTE",
                                "otherBits": "NONE"}, "recursive": true, "ttl": 5000,
                                "ttlAction": "DELETE", "writeType": "CACHE_THROUGH",
                                "replicationDurable": 1, "replicationMax": 3,
                                "replicationMin": 2}\
                                """));
        assertThat(options)
                .isEqualTo(
                        new CreateOptions(
                                true,
                                false,
                                OptionalInt.of(0750),
                                Optional.of(WriteType.CACHE_THROUGH),
                                Optional.of(new FileStatus.Ttl(5000, TtlAction.DELETE)),
                                OptionalLong.of(1024),
                                OptionalInt.of(2),
                                OptionalInt.of(3),
                                OptionalInt.of(1)));
    }

    @Test
    void absentOptionsAreLeftToTheEngine() {
        for (String body : new String[] {"", "{}", "null", "{\"ttl\":null,\"other\":{}}"}) {
            assertThat(Options.file(parse(body))).isEqualTo(CreateOptions.DEFAULT);
            assertThat(Options.directory(parse(body))).isEqualTo(CreateOptions.DEFAULT);
            assertThat(Options.change(parse(body))).isEqualTo(AttributeChange.NONE);
            assertThat(Options.delete(parse(body))).isEqualTo(DeleteOptions.DEFAULT);
            assertThat(Options.list(parse(body))).isEqualTo(FileEngine.ListOptions.DEFAULT);
            assertThat(Options.readType(parse(body))).isEqualTo(ReadType.CACHE);
        }
    }

    @Test
    void timeToLiveMayStandInTheCommonOptions() {
        String body = "{\"commonOptions\":{\"ttl\":\"7\",\"ttlAction\":0}}";
        assertThat(Options.file(parse(body)).ttl())
                .contains(new FileStatus.Ttl(7, TtlAction.DELETE));
        AttributeChange change = Options.change(parse(body));
        assertThat(change.ttlMillis()).hasValue(7);
        assertThat(change.ttlAction()).contains(TtlAction.DELETE);
        assertThat(Options.change(parse("{\"ttl\":-1}")).ttlAction()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"MUST_CACHE\"', MUST_CACHE",
        "'\"must_cache\"', MUST_CACHE",
        "'1', MUST_CACHE",
        "'\"TRY_CACHE\"', CACHE_THROUGH",
        "'\"CACHE_THROUGH\"', CACHE_THROUGH",
        "'3', CACHE_THROUGH",
        "'\"THROUGH\"', THROUGH",
        "'\"ASYNC_THROUGH\"', ASYNC_THROUGH",
        "'\"5\"', ASYNC_THROUGH",
        "'\"NONE\"', THROUGH",
    })
    void writeTypes(String sent, WriteType expected) {
        assertThat(Options.file(parse("{\"writeType\":" + sent + "}")).writeType())
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', ONCE",
        "'{\"loadMetadataType\":\"Never\"}', NEVER",
        "'{\"loadMetadataType\":\"ALWAYS\"}', ALWAYS",
        "'{\"loadMetadataType\":1}', ONCE",
        "'{\"commonOptions\":{\"syncIntervalMs\":-1}}', ONCE",
        "'{\"commonOptions\":{\"syncIntervalMs\":0}}', SYNC",
        "'{\"commonOptions\":{\"syncIntervalMs\":\"0\"}}', SYNC",
    })
    void freshness(String body, MetadataLoad expected) {
        assertThat(Options.load(parse(body))).isEqualTo(expected);
    }

    @Test
    void attributesOfClient014() {
        // 0.1.4: option.SetAttribute
        AttributeChange change =
                Options.change(
                        parse(
                                """
                                {"owner": "ann", "group": "staff", "mode": {"ownerBits": "READ",
                                "groupBits": 4, "otherBits": "read"}, "pinned": "true",
                                "recursive": "TRUE"}\
                                """));
        assertThat(change.owner()).contains("ann");
        assertThat(change.group()).contains("staff");
        assertThat(change.mode()).hasValue(0444);
        assertThat(change.pinned()).contains(true);
        assertThat(change.recursive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"mode\":{\"ownerBits\":\"\"}}", // what wire.Mode() of 0.1.4 sends by default
                "{\"mode\":493}",
                "{\"recursive\":1}",
                "{\"ttl\":1.5}",
                "{\"ttl\":99999999999999999999}",
                "{\"ttl\":1e400}",
                "{\"ttl\":\"soon\"}",
                "{\"replicationMax\":4294967296}",
                "{\"writeType\":\"CACHE\"}",
                "{\"writeType\":7}",
                "{\"writeType\":{}}",
                "{\"ttlAction\":[]}",
                "{\"commonOptions\":[]}"
            })
    void unreadableIsRefused(String body) {
        assertThatThrownBy(() -> Options.file(parse(body)))
                .isInstanceOfSatisfying(
                        AlluxioError.Refused.class,
                        refused -> {
                            assertThat(refused.error().status()).isEqualTo("INVALID_ARGUMENT");
                            assertThat(refused.error().httpStatus()).isEqualTo(400);
                        });
    }

    private static OptionBody parse(String body) {
        return OptionBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
