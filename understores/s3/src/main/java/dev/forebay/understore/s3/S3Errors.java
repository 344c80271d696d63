package dev.forebay.understore.s3;

import dev.forebay.base.error.Conflict;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.Invalid;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.OutOfSpace;
import dev.forebay.base.error.PermissionDenied;
import dev.forebay.base.error.Unavailable;
import dev.forebay.base.error.Unsupported;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.util.Set;

/** What an error of the service or of its client is to callers. */
final class S3Errors {
    // codes: Amazon S3 API Reference, "Error responses"
    private static final Set<String> REFUSED =
            Set.of("ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final Set<String> ELSEWHERE =
            Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect");
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "InsufficientCapacity", "XMinioStorageFull");
    private static final Set<String> LATER =
            Set.of("RequestTimeout", "SlowDown", "InternalError", "ServiceUnavailable");

    private S3Errors() {}

    static ForebayException of(SdkException error, Object subject) {
        if (error instanceof AwsServiceException answer) {
            return of(answer, subject);
        }
        // refused, unknown host, timed out, cut off, interrupted: after all tries
        return new Unavailable("S3 cannot be reached", subject, error);
    }

    private static ForebayException of(AwsServiceException error, Object subject) {
        String code = code(error);
        if (REFUSED.contains(code)) {
            return new PermissionDenied("S3 refuses the credentials", subject, error);
        }
        if (ELSEWHERE.contains(code)) {
            return new Invalid(
                    "bucket is in another region; set the property region", subject, error);
        }
        if (FULL.contains(code)) {
            return new OutOfSpace("S3 has no space left", subject, error);
        }
        if (LATER.contains(code)) {
            return new Unavailable("S3 is busy or failing", subject, error);
        }
        return byStatus(error, subject);
    }

    private static ForebayException byStatus(AwsServiceException error, Object subject) {
        return switch (error.statusCode()) {
            case 401, 403 -> new PermissionDenied("S3 refuses access", subject, error);
            case 404 -> new NotFound("no such file or directory", subject, error);
            case 409, 412 -> new Conflict("S3 saw a change by another", subject, error);
            case 405, 501 -> new Unsupported("S3 service does not offer this", subject, error);
            case 301, 307, 308 ->
                    new Invalid("bucket is elsewhere; set region or endpoint", subject, error);
            case 507 -> new OutOfSpace("S3 has no space left", subject, error);
            case 429 -> new Unavailable("S3 is busy or failing", subject, error);
            default ->
                    error.statusCode() >= 500
                            ? new Unavailable("S3 is busy or failing", subject, error)
                            : new Invalid("S3 takes the request for wrong", subject, error);
        };
    }

    static String code(AwsServiceException error) {
        if (error.awsErrorDetails() == null || error.awsErrorDetails().errorCode() == null) {
            return "";
        }
        return error.awsErrorDetails().errorCode();
    }
}
