package dev.forebay.understore.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.forebay.base.error.Invalid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

class S3SettingsTest {
    @Test
    void withoutPropertiesItIsAmazonAndTheEnvironment() {
        assertThat(S3Settings.parse(Map.of("unknown", "ignored")))
                .isEqualTo(
                        new S3Settings(
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                Optional.empty(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                3));
    }

    @Test
    void ownNamesAreRead() {
        S3Settings settings =
                S3Settings.parse(
                        Map.of(
                                "endpoint", "http://127.0.0.1:9000",
                                "region", "eu-1",
                                "path-style", "false",
                                "access-key", "a",
                                "secret-key", "s",
                                "session-token", "t",
                                "connect-timeout", "250ms",
                                "read-timeout", "2m",
                                "tries", "10"));

        assertThat(settings)
                .isEqualTo(
                        new S3Settings(
                                Optional.of(URI.create("http://127.0.0.1:9000")),
                                Optional.of("eu-1"),
                                false,
                                false,
                                Optional.of(new S3Credentials("a", "s", Optional.of("t"))),
                                Duration.ofMillis(250),
                                Duration.ofMinutes(2),
                                10));
    }

    @Test
    void namesOfAlluxioAreRead() {
        S3Settings settings =
                S3Settings.parse(
                        Map.of(
                                "alluxio.underfs.s3.endpoint", "storage.example:9000",
                                "alluxio.underfs.s3.region", "eu-1",
                                "alluxio.underfs.s3.disable.dns.buckets", "true",
                                "s3a.accessKeyId", "a",
                                "s3a.secretKey", "s"));

        assertThat(settings.endpoint()).contains(URI.create("https://storage.example:9000"));
        assertThat(settings.region()).contains("eu-1");
        assertThat(settings.pathStyle()).isTrue();
        assertThat(settings.credentials()).contains(new S3Credentials("a", "s", Optional.empty()));
        assertThat(
                        S3Settings.parse(Map.of("aws.accessKeyId", "a", "aws.secretKey", "s"))
                                .credentials())
                .isPresent();
    }

    @Test
    void endpointAloneMeansPathStyle() {
        assertThat(S3Settings.parse(Map.of("endpoint", "http://h:1")).pathStyle()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, ftp://very-wrong",
        "endpoint, http://user:very-wrong@host",
        "endpoint, http://very wrong",
        "path-style, very-wrong",
        "access-key, very-wrong",
        "secret-key, very-wrong",
        "connect-timeout, very-wrong",
        "connect-timeout, 0s",
        "read-timeout, 11m",
        "tries, 0",
        "tries, 11",
    })
    void wrongValuesAreRefusedWithoutBeingShown(String name, String value) {
        assertThatThrownBy(() -> S3Settings.parse(Map.of(name, value)))
                .isInstanceOf(Invalid.class)
                .hasMessageNotContaining("very");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://",
        "s3:/bucket",
        "bucket/folder",
        "http://bucket",
        "s3://key:very-secret@bucket/folder",
        "s3://bucket:9000/folder",
        "s3://buc ket/folder",
        "s3://bucket/../other",
    })
    void malformedUrisAreRefused(String uri) {
        assertThatThrownBy(() -> S3Keys.parse(uri))
                .isInstanceOf(Invalid.class)
                .hasMessageNotContaining("very-secret");
    }

    @Test
    void folderEndsWithOneSlash() {
        assertThat(S3Keys.parse("s3://b").folder()).isEmpty();
        assertThat(S3Keys.parse("s3a://b/").folder()).isEmpty();
        assertThat(S3Keys.parse("S3://b/x//y/").folder()).isEqualTo("x/y/");
    }

    @Test
    void tenThousandPartsReachTheLongestObject() {
        long length = 0;
        for (int number = 1; number <= S3Sizes.PARTS_MAX; number++) {
            long part = S3Sizes.STANDARD.partLength(number);
            assertThat(part).isBetween(5L << 20, 5L << 30);
            length += part;
        }
        assertThat(length).isGreaterThan(S3Sizes.OBJECT_LENGTH_MAX);
        long copied = S3Sizes.STANDARD.copyPartLength(S3Sizes.OBJECT_LENGTH_MAX);
        assertThat(copied).isLessThan(5L << 30);
        assertThat(copied * S3Sizes.PARTS_MAX).isGreaterThanOrEqualTo(S3Sizes.OBJECT_LENGTH_MAX);
    }
}
