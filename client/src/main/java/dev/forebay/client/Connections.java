package dev.forebay.client;

import dev.forebay.client.rest.RestConnection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** From a URI to a client. */
final class Connections {
    private static final int ALLUXIO_PORT = 39999;
    private static final int ADMIN_PORT = 8900;

    private Connections() {}

    static FileClient files(String text) {
        URI uri = parse(text);
        return switch (String.valueOf(uri.getScheme())) {
            case "alluxio" -> alluxio(uri.getHost(), port(uri, ALLUXIO_PORT), Optional.empty());
            case "forebay" -> Forebay.connect(text).files();
            default ->
                    throw FilesException.of(
                            Status.INVALID_ARGUMENT,
                            "not a URI such as forebay://host:8900 or alluxio://host:39999",
                            text);
        };
    }

    static FileClient alluxio(String host, int port, Optional<AdminListener> admin) {
        return new AlluxioFiles(new AlluxioCalls(new RestConnection(unbracket(host), port)), admin);
    }

    static AdminListener admin(String text) {
        URI uri = parse(text);
        if (!"forebay".equals(uri.getScheme())) {
            boolean proxy = "alluxio".equals(uri.getScheme());
            throw FilesException.of(
                    proxy ? Status.UNIMPLEMENTED : Status.INVALID_ARGUMENT,
                    proxy
                            ? "a bare proxy has no admin listener; name one as forebay://host:8900"
                            : "not a URI such as forebay://host:8900",
                    text);
        }
        return new AdminListener(unbracket(uri.getHost()), port(uri, ADMIN_PORT));
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getPath() == null || uri.getPath().matches("/?");
            if (uri.getHost() != null && uri.getPort() <= 65535 && bare) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "not a URI", text, e);
        }
        throw FilesException.of(
                Status.INVALID_ARGUMENT, "not a URI of scheme, host and port", text);
    }

    private static int port(URI uri, int absent) {
        return uri.getPort() < 0 ? absent : uri.getPort();
    }

    private static String unbracket(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
