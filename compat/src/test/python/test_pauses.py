"""Readers and uploaders may pause; the real proxy gives up on them after 30 s."""

import pytest
from alluxio import option

pytestmark = pytest.mark.forebay_only


def test_reader_that_stalls_mid_body_reads_the_rest(pauses):
    assert pauses.reader.result(600)


def test_reader_slower_than_its_socket_buffer_reads_all(pauses):
    assert pauses.trickle.result(600)


def test_writer_that_stalls_mid_body_writes_the_rest(pauses):
    assert pauses.writer.result(600)


@pytest.mark.server_only
def test_idle_connection_stays_open(pauses):
    assert pauses.idle.result(600)


def test_what_the_pauses_left_can_be_removed(pauses, client):
    for pause in (pauses.reader, pauses.trickle, pauses.writer):
        assert pause.result(600)
    client.delete(pauses.root, option.Delete(recursive=True))
    assert not client.exists(pauses.root)
