package dev.forebay.compat;

import org.apache.hadoop.shaded.javax.ws.rs.core.Application;
import org.apache.hadoop.shaded.javax.ws.rs.core.Link;
import org.apache.hadoop.shaded.javax.ws.rs.core.MediaType;
import org.apache.hadoop.shaded.javax.ws.rs.core.Response;
import org.apache.hadoop.shaded.javax.ws.rs.core.UriBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.Variant;
import org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate;

/**
 * Reads media types for the shaded client. The jar of Hadoop 3.5.0 calls for a class of Jersey to
 * do this and leaves it out, so that {@code webhdfs://} fails against every server at the first
 * answer; the client itself is as released.
 */
final class ShadedMediaTypes extends RuntimeDelegate {
    static void install() {
        RuntimeDelegate.setInstance(new ShadedMediaTypes());
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
            int slash = text.indexOf('/');
            int end = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
            return new MediaType(text.substring(0, slash), text.substring(slash + 1, end));
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
