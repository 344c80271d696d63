package dev.forebay.compat;

import dev.forebay.client.FileClient;

/** What Hadoop's own client of WebHDFS needs. */
final class WebHdfsClients {
    private WebHdfsClients() {}

    /**
     * Gives it the class that its jars lack, without which {@code webhdfs://} fails against every
     * server at the first answer. Our client for the same scheme does so when it is made; Hadoop's
     * is as released.
     */
    static void giveMediaTypes() {
        FileClient.connect("webhdfs://127.0.0.1").close();
    }
}
