/**
 * The files engine: the rules of the namespace.
 *
 * <p>Read first: {@link dev.forebay.files.FileEngine}, {@link dev.forebay.files.FileStatus}, {@link
 * dev.forebay.files.FileWriter}, {@link dev.forebay.files.FileReader}.
 *
 * <p>Threading: the engine is safe for use by many threads. Names change in metadata transactions;
 * bytes never pass through them, except those of small files.
 *
 * <p>Must not know: any gateway, any protocol, the local file system.
 */
@NullMarked
package dev.forebay.files;

import org.jspecify.annotations.NullMarked;
