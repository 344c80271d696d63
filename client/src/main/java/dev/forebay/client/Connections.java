package dev.forebay.client;

import dev.forebay.client.rest.RestConnection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.ServiceLoader;

/** From a URI to a client. */
final class Connections {
    private static final int ALLUXIO_PORT = 39999;
    private static final int ADMIN_PORT = 8900;

    private Connections() {}

    static FileClient files(String text, ConnectOptions options) {
        URI uri = parse(text);
        String scheme = String.valueOf(uri.getScheme());
        return switch (scheme) {
            case "alluxio" -> {
                requireDefault(options, scheme);
                yield alluxio(host(uri), port(uri, ALLUXIO_PORT), Optional.empty());
            }
            case "forebay" -> {
                requireDefault(options, scheme);
                yield Forebay.connect(text).files();
            }
            case "hdfs", "webhdfs" -> connector(scheme).connect(text, options);
            default ->
                    throw FilesException.of(
                            Status.INVALID_ARGUMENT,
                            "not a URI such as forebay://host:8900, alluxio://host:39999,"
                                    + " hdfs://host:8020 or webhdfs://host:9870",
                            text);
        };
    }

    private static void requireDefault(ConnectOptions options, String scheme) {
        if (!options.equals(ConnectOptions.DEFAULT)) {
            throw FilesException.of(
                    Status.UNIMPLEMENTED,
                    "user, token and configuration are for hdfs and webhdfs alone, not for",
                    scheme);
        }
    }

    private static FileConnector connector(String scheme) {
        return find(ServiceLoader.load(FileConnector.class), scheme)
                .or(() -> find(ServiceLoader.load(FileConnector.class, loader()), scheme))
                .orElseThrow(
                        () ->
                                FilesException.of(
                                        Status.UNIMPLEMENTED,
                                        "dev.forebay:forebay-client-hdfs, which brings Hadoop's"
                                                + " client, is not on the class path, for",
                                        scheme));
    }

    private static ClassLoader loader() {
        return Connections.class.getClassLoader();
    }

    private static Optional<FileConnector> find(
            ServiceLoader<FileConnector> connectors, String scheme) {
        return connectors.stream()
                .map(ServiceLoader.Provider::get)
                .filter(connector -> connector.schemes().contains(scheme))
                .findFirst();
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
        return new AdminListener(unbracket(host(uri)), port(uri, ADMIN_PORT));
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text);
            boolean bare = uri.getPath() == null || uri.getPath().matches("/?");
            if (uri.getScheme() != null && uri.getPort() <= 65535 && bare) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw FilesException.of(Status.INVALID_ARGUMENT, "not a URI", text, e);
        }
        throw notOfHostAndPort(text);
    }

    private static String host(URI uri) {
        String host = uri.getHost();
        if (host == null) {
            throw notOfHostAndPort(uri.toString());
        }
        return host;
    }

    private static FilesException notOfHostAndPort(String text) {
        return FilesException.of(
                Status.INVALID_ARGUMENT, "not a URI of scheme, host and port", text);
    }

    private static int port(URI uri, int absent) {
        return uri.getPort() < 0 ? absent : uri.getPort();
    }

    private static String unbracket(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
