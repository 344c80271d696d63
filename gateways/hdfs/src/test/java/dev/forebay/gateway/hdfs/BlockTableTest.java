package dev.forebay.gateway.hdfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.base.FilePath;
import dev.forebay.base.Principal;
import dev.forebay.files.CreateOptions;
import dev.forebay.files.DeleteOptions;
import dev.forebay.files.LeasedWriter;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockTableTest {
    private static final Principal ROOT = Principal.node(RunningGateway.SUPERUSER);
    private static final FilePath PATH = FilePath.parse("/f");
    private static final String HOLDER = "ann";

    private final RunningGateway running = new RunningGateway();
    private final BlockTable table = new BlockTable();

    @AfterEach
    void stop() {
        running.close();
    }

    private OpenBlock open() {
        LeasedWriter writer = running.engine.create(ROOT, PATH, CreateOptions.DEFAULT, HOLDER);
        var place = new OpenBlock.Place(writer.nextBlock(), writer.position(), 0);
        OpenBlock block = new OpenBlock(writer, HOLDER, place, table.nextGeneration());
        table.put(writer.id(), block);
        table.sweep(running.engine);
        assertThat(table.find(block.id())).contains(block);
        return block;
    }

    @Test
    void aFileThatWasRecoveredIsForgotten() {
        OpenBlock block = open();
        running.engine.recoverLease(ROOT, PATH);
        table.sweep(running.engine);
        assertThat(table.size()).isZero();
        assertThat(table.find(block.id())).isEmpty();
    }

    @Test
    void aFileThatWasDeletedIsForgotten() {
        OpenBlock block = open();
        running.engine.delete(ROOT, PATH, DeleteOptions.DEFAULT);
        table.sweep(running.engine);
        assertThat(table.find(block.id())).isEmpty();
    }

    @Test
    void onlyWhoCompletedAFileIsRemembered() {
        OpenBlock block = open();
        table.complete(block.writer().id(), HOLDER);
        assertThat(table.size()).isZero();
        assertThat(table.completed(block.writer().id(), HOLDER)).isTrue();
        assertThat(table.completed(block.writer().id(), "bob")).isFalse();
    }

    @Test
    void generationsGrow() {
        OpenBlock block = open();
        long generation = block.located(0).generation();
        assertThat(generation).isGreaterThan(LocationEncoder.GENERATION);
        block.renew(generation - 1);
        assertThat(block.located(0).generation()).isEqualTo(generation);
        block.renew(generation + 1);
        assertThat(block.located(0).generation()).isEqualTo(generation + 1);
    }
}
