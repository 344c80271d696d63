package dev.forebay.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.MetadataLoad;
import dev.forebay.base.ReadType;
import dev.forebay.base.TtlAction;
import dev.forebay.base.WriteType;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.OptionalInt;

/** The expected texts were accepted by an Alluxio 2.9.6 proxy. */
class OptionEncoderTest {
    @Test
    void defaultsAreAnEmptyObject() {
        assertThat(OptionEncoder.encode(CreateOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(CreateDirectoryOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(DeleteOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(OpenOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(ListOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(FreeOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(MountOptions.DEFAULT)).hasToString("{}");
        assertThat(OptionEncoder.encode(AttributeChange.NONE)).hasToString("{}");
    }

    @Test
    void createFileOptions() {
        CreateOptions all =
                CreateOptions.DEFAULT
                        .withRecursive(true)
                        .withOverwrite(true)
                        .withMode(Mode.of(0640))
                        .withWriteType(WriteType.CACHE_THROUGH)
                        .withBlockSize(1024)
                        .withReplication(
                                new CreateOptions.Replication(
                                        OptionalInt.of(1), OptionalInt.of(2), OptionalInt.of(-1)))
                        .withTtl(5000, TtlAction.DELETE)
                        .withLocationPolicy("com.example.Policy");

        assertThat(OptionEncoder.encode(all))
                .hasToString(
                        "{\"recursive\":true,\"overwrite\":true,\"mode\":"
                                + "{\"ownerBits\":\"READ_WRITE\",\"groupBits\":\"READ\","
                                + "\"otherBits\":\"NONE\"},\"writeType\":\"CACHE_THROUGH\","
                                + "\"blockSizeBytes\":1024,\"replicationDurable\":1,"
                                + "\"replicationMin\":2,\"replicationMax\":-1,"
                                + "\"commonOptions\":{\"ttl\":5000,\"ttlAction\":\"DELETE\"}}");
    }

    @Test
    void createDirectoryOptions() {
        assertThat(
                        OptionEncoder.encode(
                                CreateDirectoryOptions.RECURSIVE
                                        .withMode(Mode.of(0755))
                                        .withWriteType(WriteType.THROUGH)))
                .hasToString(
                        "{\"recursive\":true,\"allowExists\":true,\"mode\":"
                                + "{\"ownerBits\":\"ALL\",\"groupBits\":\"READ_EXECUTE\","
                                + "\"otherBits\":\"READ_EXECUTE\"},\"writeType\":\"THROUGH\"}");
    }

    @Test
    void openOptionsLeavePoliciesOut() {
        assertThat(
                        OptionEncoder.encode(
                                OpenOptions.DEFAULT
                                        .withReadType(ReadType.NO_CACHE)
                                        .withUnderStoreConcurrencyMax(3)
                                        .withPolicies("a", "b")))
                .hasToString("{\"readType\":\"NO_CACHE\",\"maxUfsReadConcurrency\":3}");
    }

    @Test
    void metadataLoads() {
        assertThat(OptionEncoder.encode(MetadataLoad.NEVER))
                .hasToString("{\"loadMetadataType\":\"NEVER\"}");
        assertThat(OptionEncoder.encode(MetadataLoad.ALWAYS))
                .hasToString("{\"loadMetadataType\":\"ALWAYS\"}");
        assertThat(OptionEncoder.encode(ListOptions.RECURSIVE.withLoad(MetadataLoad.SYNC)))
                .hasToString(
                        "{\"loadMetadataType\":\"ALWAYS\",\"commonOptions\":{\"syncIntervalMs\":0},"
                                + "\"recursive\":true}");
    }

    @Test
    void everyNegativeTimeToLiveIsMinusOne() {
        assertThat(OptionEncoder.encode(AttributeChange.NONE.withTtlMillis(-77)))
                .hasToString("{\"commonOptions\":{\"ttl\":-1}}");
    }

    @Test
    void attributes() {
        assertThat(
                        OptionEncoder.encode(
                                AttributeChange.NONE
                                        .withOwner("o")
                                        .withGroup("g")
                                        .withPinned(false)
                                        .withTtlAction(TtlAction.FREE)
                                        .withRecursive(true)))
                .hasToString(
                        "{\"owner\":\"o\",\"group\":\"g\",\"pinned\":false,\"recursive\":true,"
                                + "\"commonOptions\":{\"ttlAction\":\"FREE\"}}");
    }

    @Test
    void deleteFreeAndMount() {
        assertThat(OptionEncoder.encode(DeleteOptions.RECURSIVE.withKeepUnderStore(true)))
                .hasToString("{\"recursive\":true,\"alluxioOnly\":true}");
        assertThat(OptionEncoder.encode(new FreeOptions(true, true)))
                .hasToString("{\"recursive\":true,\"forced\":true}");
        MountOptions mount =
                MountOptions.DEFAULT.withProperties(Map.of("k", "s3cret")).withReadOnly(true);
        assertThat(OptionEncoder.encode(mount))
                .hasToString("{\"properties\":{\"k\":\"s3cret\"},\"readOnly\":true}");
        assertThat(mount.toString()).contains("k").doesNotContain("s3cret");
    }
}
