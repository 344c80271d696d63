package dev.forebay.gateway.alluxio;

import java.io.IOException;

/** The calls under {@code streams/}. */
final class StreamOperations {
    private final StreamTable streams;

    StreamOperations(StreamTable streams) {
        this.streams = streams;
    }

    static boolean knows(String action) {
        return action.equals("read") || action.equals("write") || action.equals("close");
    }

    void run(Call call, String id, String action) throws IOException {
        try {
            switch (action) {
                case "read" -> streams.load(id).read(call.exchange());
                case "write" -> {
                    long taken = streams.load(id).write(call.exchange());
                    call.answer(json -> json.writeNumber(taken));
                }
                default -> {
                    streams.close(id);
                    call.answerNothing();
                }
            }
        } finally {
            streams.touch(id);
        }
    }
}
