package dev.forebay.gateway.webhdfs;

import dev.forebay.base.FilePath;

import java.io.IOException;

/** One operation of the protocol: reads its parameters, calls the engine, answers. */
@FunctionalInterface
interface Operation {
    void run(Call call, FilePath path) throws IOException;
}
