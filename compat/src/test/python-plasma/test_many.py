"""Many connections, many objects, large objects, and a store that does not grow."""

import os

import numpy as np
import pyarrow.plasma as plasma
import pytest

from support import MIB, eventually, new_id, references, write

GIB = 1024 * MIB


def test_200_connections(connect, client):
    object_id = write(client, 100)
    clients = [connect() for _ in range(200)]
    held = [each.get_buffers([object_id]) for each in clients]
    assert references(client, object_id) == 200
    ids = [write(each, 10) for each in clients]
    assert all(client.contains(each) for each in ids)
    del held
    eventually(lambda: references(client, object_id) == 0)


def test_10000_objects(client, other):
    small_objects(client, other, 10000)


@pytest.mark.slow
def test_100000_objects(client, other):
    small_objects(client, other, 100000)


def small_objects(client, other, count):
    ids = [new_id() for _ in range(count)]
    for number, object_id in enumerate(ids):
        client.create_and_seal(object_id, b'%d' % number)
    entries = other.list()
    assert len(entries) == count
    for number in range(0, count, count // 100):
        [buffer] = other.get_buffers([ids[number]])
        assert buffer.to_pybytes() == b'%d' % number
    del buffer
    other.delete(ids)
    assert other.list() == {}


@pytest.mark.slow
def test_1_gib(client, other, capacity):
    if capacity < GIB:
        pytest.skip('the store is smaller')
    object_id = new_id()
    buffer = client.create(object_id, GIB)
    values = np.frombuffer(buffer, dtype='u8')
    values[:] = np.arange(len(values), dtype='u8')
    client.seal(object_id)
    [got] = other.get_buffers([object_id])
    read = np.frombuffer(got, dtype='u8')
    assert read[0] == 0 and read[-1] == len(read) - 1
    assert int(read[::4096].sum()) == sum(range(0, len(read), 4096))


def descriptors(pid):
    return len(os.listdir('/proc/%d/fd' % pid))


def threads(pid):
    return len(os.listdir('/proc/%d/task' % pid))


def test_descriptors_and_threads_come_back(connect, socket_path, client, store_pid):
    before = descriptors(store_pid), threads(store_pid)
    for _ in range(20):
        clients = [plasma.connect(socket_path) for _ in range(10)]
        for each in clients:
            each.subscribe()
            each.get_buffers([write(each, 10)])
            each.disconnect()
    eventually(lambda: descriptors(store_pid) <= before[0] + 2)
    # a few of the machine's own threads come and go
    eventually(lambda: threads(store_pid) <= before[1] + 8)


def test_5000_rounds(client, store_pid):
    steady(client, store_pid, 5000)


@pytest.mark.slow
def test_100000_rounds(client, store_pid):
    steady(client, store_pid, 100000)


def steady(client, store_pid, rounds):
    churn(client, rounds // 5)
    before = descriptors(store_pid), resident(store_pid)
    churn(client, rounds)
    assert descriptors(store_pid) <= before[0] + 2
    assert resident(store_pid) - before[1] < 64 * MIB


def churn(client, rounds):
    for number in range(rounds):
        object_id = new_id()
        client.create(object_id, 1000 + number % 5000)
        client.seal(object_id)
        client.delete([object_id])


def resident(pid):
    with open('/proc/%d/status' % pid) as status:
        [line] = [line for line in status if line.startswith('VmRSS')]
    return int(line.split()[1]) * 1024
