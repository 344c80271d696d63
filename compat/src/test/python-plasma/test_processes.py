"""Several processes at once, some of them killed."""

import multiprocessing
import os
import signal
import time

import pyarrow.plasma as plasma
import pytest

from support import MIB, absent, content, eventually, new_id, references, write

SPAWN = multiprocessing.get_context('spawn')


def run(target, *arguments):
    process = SPAWN.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def read_all(socket_path, raw_ids, results):
    client = plasma.connect(socket_path)
    for buffer in client.get_buffers([plasma.ObjectID(raw) for raw in raw_ids]):
        results.put(bytes(buffer)[:100])


def write_some(socket_path, number, count, results):
    client = plasma.connect(socket_path)
    for index in range(count):
        client.create_and_seal(shared_id(number, index), b'%d/%d' % (number, index))
    results.put(number)


def shared_id(number, index):
    return plasma.ObjectID(b'shared' + bytes([number]) + index.to_bytes(13, 'big'))


def test_four_processes_share(client, socket_path):
    ids = [write(client, MIB, seed=seed) for seed in range(4)]
    results = SPAWN.Queue()
    readers = [run(read_all, socket_path, [each.binary() for each in ids], results)
               for _ in range(4)]
    got = sorted(results.get(timeout=30) for _ in range(16))
    assert got == sorted(content(MIB, seed)[:100] for seed in range(4) for _ in range(4))
    for reader in readers:
        reader.join(30)


def test_four_processes_write(client, socket_path):
    results = SPAWN.Queue()
    writers = [run(write_some, socket_path, number, 250, results) for number in range(4)]
    for number in range(4):
        for index in range(250):
            [buffer] = client.get_buffers([shared_id(number, index)])
            assert buffer.to_pybytes() == b'%d/%d' % (number, index)
    for writer in writers:
        writer.join(30)


def hold(socket_path, raw_id, what, ready):
    client = plasma.connect(socket_path)
    object_id = plasma.ObjectID(raw_id)
    kept = []
    if what == 'references':
        kept = client.get_buffers([object_id])
    elif what == 'creating':
        kept = client.create(object_id, 1000)
    elif what == 'subscribed':
        client.subscribe()
        client.contains(object_id)
    ready.put(what)
    if what == 'waiting':
        client.get_buffers([object_id])
    time.sleep(600)
    ready.put(len(kept))


def kill(process):
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(30)


@pytest.fixture
def held(socket_path):
    processes = []

    def start(object_id, what):
        ready = SPAWN.Queue()
        processes.append(run(hold, socket_path, object_id.binary(), what, ready))
        assert ready.get(timeout=30) == what
        return processes[-1]

    yield start
    for process in processes:
        kill(process)


def test_killed_while_it_holds_references(client, held):
    object_id = write(client, 1000)
    process = held(object_id, 'references')
    assert references(client, object_id) == 1
    client.delete([object_id])
    assert client.contains(object_id)
    kill(process)
    eventually(lambda: absent(client, object_id))


def test_killed_while_it_creates(client, held):
    object_id = new_id()
    process = held(object_id, 'creating')
    assert client.list()[object_id]['state'] == 'created'
    kill(process)
    eventually(lambda: absent(client, object_id))
    write(client, 10, object_id=object_id)


def test_killed_while_it_waits(client, held):
    object_id = new_id()
    process = held(object_id, 'waiting')
    time.sleep(0.2)
    kill(process)
    time.sleep(0.2)
    write(client, 10, object_id=object_id)
    eventually(lambda: references(client, object_id) == 0)


def test_killed_subscriber(client, held):
    kill(held(new_id(), 'subscribed'))
    for _ in range(1000):
        client.create_and_seal(new_id(), b'x')
    assert len(client.list()) == 1000


def test_another_seals_what_the_killed_one_waited_for(client, other, held):
    object_id = new_id()
    waiting = held(object_id, 'waiting')
    time.sleep(0.2)
    kill(waiting)
    buffer = other.create(object_id, 100)
    other.seal(object_id)
    del buffer
    eventually(lambda: references(client, object_id) == 0)
    assert client.evict(1) == 100
