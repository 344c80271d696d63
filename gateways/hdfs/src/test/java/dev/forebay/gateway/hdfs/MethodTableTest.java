package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.hdfs.protocol.proto.ClientNamenodeProtocolProtos;
import org.apache.hadoop.thirdparty.protobuf.Descriptors.MethodDescriptor;
import org.apache.hadoop.thirdparty.protobuf.DynamicMessage;
import org.junit.jupiter.api.Test;

import java.util.TreeSet;

class MethodTableTest {
    /** What clients here call by the way and must not fail on; see the protocol's page. */
    private static final int ANSWERED_MIN = 55;

    /**
     * Each method is called with an empty message: those that are answered find it wanting or
     * answer it, the others say their name.
     */
    @Test
    void everyMethodIsAnsweredOrRefusedByName() {
        var answered = new TreeSet<String>();
        try (RunningGateway running = new RunningGateway();
                WireClient client = running.client()) {
            for (MethodDescriptor method :
                    ClientNamenodeProtocolProtos.getDescriptor()
                            .getServices()
                            .getFirst()
                            .getMethods()) {
                var empty = DynamicMessage.newBuilder(method.getInputType()).buildPartial();
                WireClient.Answer answer = client.call(method.getName(), empty);
                if (answer.error().equals(RpcError.UNSUPPORTED)) {
                    assertThat(answer.header().getErrorMsg()).startsWith(method.getName());
                } else {
                    answered.add(method.getName());
                }
            }
        }
        assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERED_MIN);
    }
}
