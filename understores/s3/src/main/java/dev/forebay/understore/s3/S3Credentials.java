package dev.forebay.understore.s3;

import java.util.Optional;

/**
 * What a mount signs its requests with.
 *
 * @param accessKey the public half
 * @param secretKey the secret half
 * @param sessionToken of temporary credentials
 */
record S3Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {
    /** Hides everything. */
    @Override
    public String toString() {
        return "S3Credentials[hidden]";
    }
}
