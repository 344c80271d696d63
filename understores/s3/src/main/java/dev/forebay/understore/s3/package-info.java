/**
 * Mounts of S3 buckets and folders in them.
 *
 * <p>Must not know: any engine or gateway.
 */
@NullMarked
package dev.forebay.understore.s3;

import org.jspecify.annotations.NullMarked;
