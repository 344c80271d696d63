package dev.forebay.wire;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Gives each request to the handler of its listener. The one place where all failures end. */
final class JettyHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(JettyHandler.class);
    private static final String FAILED = "internal error";

    /** Connections on which a request runs. */
    private final Set<EndPoint> busy = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    /**
     * Refuses requests from here on and closes what waits for one. Every request either ran before
     * this, and keeps its connection until it is answered, or does not run.
     */
    void closeIdle(List<EndPoint> connections) {
        stopping = true;
        connections.stream().filter(each -> !busy.contains(each)).forEach(EndPoint::close);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        busy.add(connection);
        try {
            run(request, response, callback);
        } finally {
            busy.remove(connection);
        }
        return true;
    }

    private void run(Request request, Response response, Callback callback) {
        HttpListener listener = listener(request);
        JettyExchange exchange = new JettyExchange(request, response);
        try {
            if (stopping) {
                fail(listener, exchange, 503, "the node is stopping");
            } else if (isFromForeignPage(listener, exchange)) {
                fail(listener, exchange, 403, "requests from pages of other sites are refused");
            } else {
                listener.handler().handle(exchange);
            }
            if (!exchange.begun()) {
                fail(listener, exchange, 500, FAILED);
            }
            exchange.finish();
            callback.succeeded();
            if (stopping) {
                // the answer is out, so that the stop need not wait for the client
                exchange.abort();
            }
        } catch (IOException e) {
            LOG.debug(
                    "client went away listener={} path={}", listener.name(), exchange.rawPath(), e);
            exchange.abort();
            // quiet: a client that goes away is nothing an operator must act on
            callback.failed(new QuietException.Exception(e));
        } catch (RuntimeException e) {
            LOG.error("request failed listener={} path={}", listener.name(), exchange.rawPath(), e);
            end(listener, exchange, callback, e);
        }
    }

    static HttpListener listener(Request request) {
        return request.getConnectionMetaData().getConnector().getBean(HttpListener.class);
    }

    private static void end(
            HttpListener listener, JettyExchange exchange, Callback callback, RuntimeException e) {
        try {
            if (exchange.begun()) {
                exchange.abort();
                callback.failed(e);
            } else {
                fail(listener, exchange, 500, FAILED);
                exchange.finish();
                callback.succeeded();
            }
        } catch (IOException gone) {
            e.addSuppressed(gone);
            exchange.abort();
            callback.failed(e);
        }
    }

    /**
     * Whether a browser sends this on behalf of a page that did not come from this listener, nor
     * from an origin that the listener trusts. Nothing else sends an Origin header; without this
     * check any page that someone opens could delete files of a node on the same machine.
     */
    private static boolean isFromForeignPage(HttpListener listener, HttpExchange exchange) {
        String host = exchange.header("Host").orElse("");
        return exchange.header("Origin")
                .filter(origin -> !origin.equalsIgnoreCase("http://" + host))
                .filter(origin -> !listener.trusts(origin))
                .isPresent();
    }

    private static void fail(
            HttpListener listener, JettyExchange exchange, int status, String message)
            throws IOException {
        byte[] body = listener.errors().json(status, message);
        exchange.respond(ResponseHead.JSON.withStatus(status), ByteBuffer.wrap(body));
    }
}
