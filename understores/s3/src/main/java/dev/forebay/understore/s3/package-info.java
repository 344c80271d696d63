/**
 * Mounts of S3 buckets and folders in them, through the AWS SDK over the JDK's own HTTP client.
 *
 * <p>Read first: {@link dev.forebay.understore.s3.S3UnderStore} for what a tree is in a bucket,
 * {@link dev.forebay.understore.s3.S3Bucket} for the requests, {@link
 * dev.forebay.understore.s3.S3Errors}. The properties are in {@code docs/mounts.md}.
 *
 * <p>Threading: as every under store; a rename uses a few threads of its own.
 *
 * <p>Must not know: any engine or gateway.
 */
@NullMarked
package dev.forebay.understore.s3;

import org.jspecify.annotations.NullMarked;
