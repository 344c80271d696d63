"""Several client processes at once, and client processes that are killed."""

import hashlib
import os
import subprocess
import sys
import time

import pytest
from alluxio.exceptions import UnknownError

from support import MIB, content, eventually, raises, read, write

WORKER = os.path.join(os.path.dirname(__file__), 'worker.py')


def start(role, path, number=0):
    return subprocess.Popen([sys.executable, WORKER, role, path, str(number)],
                            stdout=subprocess.PIPE, text=True)


def finish(processes):
    outputs = [process.communicate(timeout=120)[0].split('\n')[:-1] for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return outputs


def kill(process):
    process.kill()
    process.communicate(timeout=30)


def test_eight_processes_write_and_read(client, root):
    outputs = finish([start('write_and_read', root, number) for number in range(8)])
    written = dict(line.split() for lines in outputs for line in lines)
    assert len(written) == 160
    assert sorted(client.ls(root)) == sorted(path[len(root) + 1:] for path in written)
    for path, digest in written.items():
        assert hashlib.sha256(read(client, path)).hexdigest() == digest


def test_of_many_creators_of_one_name_one_wins(client, root):
    outputs = finish([start('race', root, number) for number in range(8)])
    won = [turn for lines in outputs for turn in lines]
    assert sorted(won, key=int) == [str(turn) for turn in range(50)]
    for number, lines in enumerate(outputs):
        for turn in lines:
            assert read(client, '%s/r%s' % (root, turn)) == b'%d' % number


def test_writer_killed_midway(client, root):
    path = root + '/f'
    process = start('write_for_ever', path)
    stream = int(process.stdout.readline())
    time.sleep(0.5)
    kill(process)
    status = client.get_status(path)
    assert not status.completed
    with raises(UnknownError, path):
        client.open_file(path)
    client.close(stream)
    stored = read(client, path)
    assert stored == b'x' * len(stored)
    assert client.get_status(path).length == len(stored)


def test_writer_killed_midway_does_not_hinder_deleting(client, root):
    path = root + '/f'
    process = start('write_for_ever', path)
    process.stdout.readline()
    time.sleep(0.2)
    kill(process)
    client.delete(path)
    assert read(client, write(client, path, b'again')) == b'again'


@pytest.mark.forebay_only
def test_reader_killed_midway(client, root):
    data = content(32 * MIB)
    path = write(client, root + '/f', data)
    for _ in range(3):
        process = start('read_and_wait', path)
        stream = int(process.stdout.readline())
        kill(process)
        assert read(client, path) == data
        rest = client.read(stream).read()
        assert data.endswith(rest)
        client.close(stream)
    client.delete(path)
    eventually(lambda: not client.exists(path))
