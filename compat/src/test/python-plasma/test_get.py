"""get_buffers, get_metadata, contains, hash: with what is there, what comes, what never comes."""

import threading
import time

import pyarrow.plasma as plasma
import pytest

from support import MIB, content, new_id, references, write


def test_order_and_absent(client, other):
    first, second = write(client, 10, seed=1), write(client, 20, seed=2)
    missing = new_id()
    buffers = other.get_buffers([second, missing, first], timeout_ms=0)
    assert [buffer and buffer.size for buffer in buffers] == [20, None, 10]
    assert buffers[2].to_pybytes() == content(10, 1)


def test_get_of_nothing(client):
    assert client.get_buffers([], timeout_ms=0) == []
    assert client.get_buffers([]) == []


@pytest.mark.forebay_only
@pytest.mark.parametrize('timeout', [-1, 0, 5000])
def test_same_id_twice(client, other, timeout):
    object_id = write(client, 10)
    started = time.monotonic()
    buffers = other.get_buffers([object_id, object_id], timeout_ms=timeout)
    assert time.monotonic() - started < 3
    assert [buffer.size for buffer in buffers] == [10, 10]
    assert references(client, object_id) == 1
    del buffers
    assert references(client, object_id) == 0


def test_references_are_counted_by_client(client, other, connect):
    object_id = write(client, 10)
    assert references(client, object_id) == 0
    many = [other.get_buffers([object_id]) for _ in range(5)]
    assert references(client, object_id) == 1
    third = connect()
    held = third.get_buffers([object_id])
    assert references(client, object_id) == 2
    del many
    assert references(client, object_id) == 1
    del held
    assert references(client, object_id) == 0


@pytest.mark.parametrize('timeout', [1, 100, 500])
def test_timeout(client, timeout):
    started = time.monotonic()
    assert client.get_buffers([new_id()], timeout_ms=timeout) == [None]
    elapsed = time.monotonic() - started
    assert timeout / 1000 <= elapsed < timeout / 1000 + 5


@pytest.mark.parametrize('timeout', [-1, 30000])
def test_waits_until_sealed(client, other, timeout):
    object_id = new_id()
    got = []
    waiting = threading.Thread(
        target=lambda: got.extend(other.get_buffers([object_id], timeout_ms=timeout)))
    waiting.start()
    time.sleep(0.1)
    buffer = client.create(object_id, 10)
    time.sleep(0.1)
    assert not got and buffer.size == 10
    client.seal(object_id)
    waiting.join(20)
    assert got[0].size == 10


def test_waits_for_all(client, other):
    ids = [new_id() for _ in range(10)]
    got = []
    waiting = threading.Thread(target=lambda: got.extend(other.get_buffers(ids)))
    waiting.start()
    for number, object_id in enumerate(ids):
        assert not got
        time.sleep(0.02)
        client.create_and_seal(object_id, b'x' * (number + 1))
    waiting.join(20)
    assert [buffer.size for buffer in got] == list(range(1, 11))


def test_what_came_before_the_timeout_is_there(client, other):
    early, never = new_id(), new_id()
    got = []
    waiting = threading.Thread(
        target=lambda: got.extend(other.get_buffers([early, never], timeout_ms=1000)))
    waiting.start()
    time.sleep(0.2)
    client.create_and_seal(early, b'early')
    waiting.join(20)
    assert got[0].to_pybytes() == b'early' and got[1] is None
    assert references(client, early) == 1


def test_huge_timeout(client):
    object_id = write(client, 10)
    assert client.get_buffers([object_id], timeout_ms=(1 << 63) - 1)[0].size == 10


def test_batch_of_waiters(client, connect):
    object_id = new_id()
    others = [connect() for _ in range(8)]
    got = []
    threads = [threading.Thread(target=lambda c=c: got.extend(c.get_buffers([object_id])))
               for c in others]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    client.create_and_seal(object_id, b'for all')
    for thread in threads:
        thread.join(20)
    assert [buffer.to_pybytes() for buffer in got] == [b'for all'] * 8
    assert references(client, object_id) == 8


def test_many_ids(client, other):
    ids = [new_id() for _ in range(10000)]
    for object_id in ids[::10]:
        client.create_and_seal(object_id, b'x')
    buffers = other.get_buffers(ids, timeout_ms=0)
    assert len(buffers) == 10000
    assert all((buffer is not None) == (number % 10 == 0)
               for number, buffer in enumerate(buffers))


def test_get_metadata(client, other):
    object_id = write(client, 10, b'meta')
    buffers = other.get_metadata([object_id, new_id()], timeout_ms=0)
    assert buffers[0].to_pybytes() == b'meta'
    assert buffers[1] is None


def test_contains(client, other):
    object_id = new_id()
    assert not other.contains(object_id)
    write(client, 10, object_id=object_id)
    assert client.contains(object_id) and other.contains(object_id)


def test_hash(client, other):
    first, second, third = (write(client, MIB + size, seed=3) for size in (0, 0, 1))
    assert other.hash(first) == other.hash(second) != other.hash(third)
    assert len(other.hash(first)) == 8
    assert references(client, first) == 0


def test_hash_of_unknown(client):
    with pytest.raises(plasma.PlasmaObjectNotFound):
        client.hash(new_id())
