package dev.forebay.gateway.hdfs;

import dev.forebay.base.DataSize;
import dev.forebay.base.error.ForebayException;
import dev.forebay.base.error.NotADirectory;
import dev.forebay.base.error.NotFound;
import dev.forebay.base.error.QuotaExceeded;

import java.util.Optional;

/** What errors about quotas are called in the protocol, with the texts of a real NameNode. */
final class QuotaErrors {
    private QuotaErrors() {}

    /** The protocol's form of an error; empty for one that is not about quotas. */
    static Optional<RpcError> find(ForebayException e, String method, String path) {
        boolean setting = method.equals("setQuota");
        return switch (e) {
            case QuotaExceeded quota -> Optional.of(RpcError.of(className(quota), message(quota)));
            case NotADirectory _ when setting ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.NOT_DIRECTORY, "`" + path + "': Is not a directory"));
            case NotFound _ when setting ->
                    Optional.of(
                            RpcError.of(
                                    RpcError.FILE_NOT_FOUND, "Directory does not exist: " + path));
            default -> Optional.empty();
        };
    }

    private static String className(QuotaExceeded quota) {
        return switch (quota.kind()) {
            case NAMES -> RpcError.NAMES_QUOTA;
            case SPACE -> RpcError.SPACE_QUOTA;
            case STORAGE_TYPE -> RpcError.TYPE_QUOTA;
        };
    }

    private static String message(QuotaExceeded quota) {
        return quota.excess()
                .map(excess -> message(quota, excess))
                .orElseGet(() -> String.valueOf(quota.getMessage()));
    }

    // NSQuotaExceededException.java, DSQuotaExceededException.java,
    // QuotaByStorageTypeExceededException.java
    private static String message(QuotaExceeded quota, QuotaExceeded.Excess excess) {
        String limit = new DataSize(excess.limit()).rounded();
        String used = new DataSize(excess.used()).rounded();
        return switch (quota.kind()) {
            case NAMES ->
                    "The NameSpace quota (directories and files) of directory "
                            + excess.holder()
                            + " is exceeded: quota="
                            + excess.limit()
                            + " file count="
                            + excess.used();
            case SPACE ->
                    "The DiskSpace quota of "
                            + excess.holder()
                            + " is exceeded: quota = "
                            + excess.limit()
                            + " B = "
                            + limit
                            + " but diskspace consumed = "
                            + excess.used()
                            + " B = "
                            + used;
            case STORAGE_TYPE ->
                    "Quota by storage type : "
                            + quota.storageType()
                            + " on path : "
                            + excess.holder()
                            + " is exceeded. quota = "
                            + limit
                            + " but space consumed = "
                            + used;
        };
    }
}
