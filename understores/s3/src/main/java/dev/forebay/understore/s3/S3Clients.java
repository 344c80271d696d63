package dev.forebay.understore.s3;

import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.PermissionDenied;

import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes clients. Credentials and region that the properties lack are looked for where the SDK
 * looks, but for the metadata services of clouds: asking them takes seconds where there is none.
 */
final class S3Clients {
    private S3Clients() {}

    /**
     * Makes a client without speaking to the service.
     *
     * @throws PermissionDenied when no credentials are found
     */
    static S3Client of(S3Settings settings) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .region(region(settings))
                        .credentialsProvider(credentials(settings))
                        .forcePathStyle(settings.pathStyle())
                        .crossRegionAccessEnabled(settings.endpoint().isEmpty())
                        // Content-MD5 is sent instead: every service knows it
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(settings.connectTimeout())
                                        .socketTimeout(settings.readTimeout()))
                        .overrideConfiguration(
                                options ->
                                        options.retryStrategy(
                                                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                                        .maxAttempts(settings.tries())
                                                        .build()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Region region(S3Settings settings) {
        String name = settings.region().orElseGet(S3Clients::regionOfEnvironment);
        if (!name.matches("[a-zA-Z0-9-]{1,64}")) {
            throw new Invalid("not a name of a region", "region");
        }
        return Region.of(name);
    }

    private static String regionOfEnvironment() {
        try {
            return new AwsRegionProviderChain(
                            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion()
                    .id();
        } catch (SdkClientException e) {
            return Region.US_EAST_1.id(); // what the SDK itself starts from across regions
        }
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        if (settings.anonymous()) {
            return AnonymousCredentialsProvider.create();
        }
        if (settings.credentials().isPresent()) {
            return StaticCredentialsProvider.create(fixed(settings.credentials().get()));
        }
        return environment();
    }

    private static AwsCredentials fixed(S3Credentials given) {
        return given.sessionToken()
                .map(
                        token ->
                                (AwsCredentials)
                                        AwsSessionCredentials.create(
                                                given.accessKey(), given.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(given.accessKey(), given.secretKey()));
    }

    private static AwsCredentialsProvider environment() {
        AwsCredentialsProviderChain chain =
                AwsCredentialsProviderChain.of(
                        EnvironmentVariableCredentialsProvider.create(),
                        SystemPropertyCredentialsProvider.create(),
                        ProfileCredentialsProvider.create());
        try {
            chain.resolveCredentials();
            return chain;
        } catch (SdkClientException e) {
            chain.close();
            throw new PermissionDenied(
                    "no S3 credentials in properties, environment or profile", "access-key", e);
        }
    }
}
