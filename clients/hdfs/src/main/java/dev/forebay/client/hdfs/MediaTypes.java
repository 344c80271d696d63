package dev.forebay.client.hdfs;

import org.apache.hadoop.shaded.javax.ws.rs.core.Application;
import org.apache.hadoop.shaded.javax.ws.rs.core.Link;
import org.apache.hadoop.shaded.javax.ws.rs.core.MediaType;
import org.apache.hadoop.shaded.javax.ws.rs.core.Response;
import org.apache.hadoop.shaded.javax.ws.rs.core.UriBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.Variant;
import org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate;

/**
 * Reads media types for Hadoop's client. The shaded jars of Hadoop 3.5.0 call for a class of Jersey
 * to do this and leave it out, so that {@code webhdfs://} fails against every server at the first
 * answer.
 */
final class MediaTypes extends RuntimeDelegate {
    private MediaTypes() {}

    static synchronized void installIfMissing() {
        try {
            RuntimeDelegate.getInstance();
        } catch (RuntimeException | LinkageError e) {
            RuntimeDelegate.setInstance(new MediaTypes());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the client asks for media types alone
    public <T> HeaderDelegate<T> createHeaderDelegate(Class<T> type) {
        if (type != MediaType.class) {
            throw new UnsupportedOperationException(type.getName());
        }
        return (HeaderDelegate<T>) new Delegate();
    }

    private static final class Delegate implements HeaderDelegate<MediaType> {
        @Override
        public MediaType fromString(String text) {
            String bare = text.split(";", 2)[0].trim();
            int slash = bare.indexOf('/');
            if (slash < 0) {
                throw new IllegalArgumentException("not a media type: " + text);
            }
            return new MediaType(bare.substring(0, slash), bare.substring(slash + 1));
        }

        @Override
        public String toString(MediaType type) {
            return type.getType() + "/" + type.getSubtype();
        }
    }

    @Override
    public UriBuilder createUriBuilder() {
        throw new UnsupportedOperationException("UriBuilder");
    }

    @Override
    public Response.ResponseBuilder createResponseBuilder() {
        throw new UnsupportedOperationException("ResponseBuilder");
    }

    @Override
    public Variant.VariantListBuilder createVariantListBuilder() {
        throw new UnsupportedOperationException("VariantListBuilder");
    }

    @Override
    public <T> T createEndpoint(Application application, Class<T> type) {
        throw new UnsupportedOperationException(type.getName());
    }

    @Override
    public Link.Builder createLinkBuilder() {
        throw new UnsupportedOperationException("Link");
    }
}
