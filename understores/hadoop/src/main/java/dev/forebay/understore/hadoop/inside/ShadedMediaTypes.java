package dev.forebay.understore.hadoop.inside;

import org.apache.hadoop.shaded.javax.ws.rs.core.Application;
import org.apache.hadoop.shaded.javax.ws.rs.core.Link;
import org.apache.hadoop.shaded.javax.ws.rs.core.MediaType;
import org.apache.hadoop.shaded.javax.ws.rs.core.Response;
import org.apache.hadoop.shaded.javax.ws.rs.core.UriBuilder;
import org.apache.hadoop.shaded.javax.ws.rs.core.Variant;
import org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate;

/**
 * Reads media types for WebHDFS. The jars {@code hadoop-client-*} of Hadoop 3.5.0 call for a class
 * of Jersey to do this and leave it out, so that {@code webhdfs://} would fail at the first answer.
 */
final class ShadedMediaTypes extends RuntimeDelegate {
    /** What Hadoop would load. */
    private static final String JERSEY =
            "org.apache.hadoop.shaded.org.glassfish.jersey.internal.RuntimeDelegateImpl";

    private static final String SHADED = "org.apache.hadoop.shaded.javax.ws.rs.ext.RuntimeDelegate";

    /** Does nothing where Hadoop is whole, or not of the kind that has its libraries inside. */
    static void installWhereMissing() {
        if (isThere(SHADED) && !isThere(JERSEY)) {
            RuntimeDelegate.setInstance(new ShadedMediaTypes());
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, ShadedMediaTypes.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the answer to the question
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
