package dev.forebay.understore.s3;

import dev.forebay.understore.UnderStore;
import dev.forebay.understore.UnderStoreFactory;

import java.util.Map;
import java.util.Set;

/**
 * Mounts {@code s3://bucket} and {@code s3://bucket/folder}, of Amazon or of any service that
 * speaks its protocol. The properties are in {@code docs/mounts.md}. The SDK is loaded at the first
 * mount, not before.
 */
public final class S3UnderStoreFactory implements UnderStoreFactory {
    private final S3Sizes sizes;

    /** Creates the factory; costs nothing. */
    public S3UnderStoreFactory() {
        this(S3Sizes.STANDARD);
    }

    S3UnderStoreFactory(S3Sizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("s3", "s3a", "s3n");
    }

    @Override
    public UnderStore open(String uri, Map<String, String> properties) {
        S3Keys keys = S3Keys.parse(uri);
        S3Settings settings = S3Settings.parse(properties);
        S3Bucket bucket = new S3Bucket(S3Clients.of(settings), keys.bucket(), settings, sizes);
        boolean there = false;
        try {
            S3UnderStore store = new S3UnderStore(uri, keys, bucket, sizes);
            store.check();
            there = true;
            return store;
        } finally {
            if (!there) {
                bucket.close();
            }
        }
    }
}
