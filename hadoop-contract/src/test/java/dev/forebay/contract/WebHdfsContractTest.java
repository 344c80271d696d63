package dev.forebay.contract;

import dev.forebay.client.FileClient;

import org.junit.jupiter.api.BeforeAll;

/** Over Hadoop's client for {@code webhdfs://}. */
class WebHdfsContractTest extends HadoopContracts {
    WebHdfsContractTest() {
        super("webhdfs", "webhdfs");
    }

    /**
     * Gives Hadoop's client the class that its jars lack, which our client for the same scheme does
     * when it is made.
     */
    @BeforeAll
    static void giveMediaTypes() {
        FileClient.connect("webhdfs://127.0.0.1").close();
    }
}
