"""subscribe, get_next_notification, get_notification_socket, decode_notifications."""

import struct
import threading

import pytest

from support import eventually, new_id, write

GONE = (-1, -1)


def subscribe(client):
    client.subscribe()
    # there is no reply; the next request's says that the subscription has begun
    client.contains(new_id())


def next_of(client):
    object_id, data_size, metadata_size = client.get_next_notification()
    return object_id, (data_size, metadata_size)


def test_sealed_and_gone_in_order(client, other):
    subscribe(client)
    first = write(other, 10, b'meta')
    second = new_id()
    other.create_and_seal(second, b'hello', b'm')
    other.delete([first])
    other.evict(1)
    assert next_of(client) == (first, (10, 4))
    assert next_of(client) == (second, (5, 1))
    assert next_of(client) == (first, GONE)
    assert next_of(client) == (second, GONE)


def test_what_is_there_already(client, other):
    ids = {write(other, size) for size in (1, 2, 3)}
    unsealed = new_id()
    buffer = other.create(unsealed, 10)
    subscribe(client)
    assert {next_of(client)[0] for _ in ids} == ids
    other.seal(unsealed)
    assert next_of(client) == (unsealed, (10, 0)) and buffer.size == 10


def test_nothing_for_what_was_never_sealed(connect, client):
    subscribe(client)
    short = connect()
    short.create(new_id(), 10)
    short.disconnect()
    object_id = write(connect(), 20)
    assert next_of(client) == (object_id, (20, 0))


def test_eviction_for_room(client, other, capacity):
    subscribe(client)
    ids = [write(other, capacity // 4) for _ in range(4)]
    assert [next_of(client)[0] for _ in ids] == ids
    last = write(other, capacity // 4)
    seen = [next_of(client) for _ in range(2)]
    assert (ids[0], GONE) in seen
    while (last, (capacity // 4, 0)) not in seen:
        seen.append(next_of(client))


def test_many_before_the_first_is_read(client, other):
    count = 10000
    subscribe(client)
    ids = [new_id() for _ in range(count)]
    for object_id in ids:
        other.create_and_seal(object_id, b'x')
    assert [next_of(client) for _ in ids] == [(object_id, (1, 0)) for object_id in ids]


def test_subscribe_to_many(client, other):
    ids = {new_id() for _ in range(10000)}
    for object_id in ids:
        other.create_and_seal(object_id, b'x')
    subscribe(client)
    assert {next_of(client)[0] for _ in ids} == ids


def test_raw_socket(client, other):
    subscribe(client)
    socket = client.get_notification_socket()
    object_id = write(other, 10, b'meta')
    for expected in ((10, 4), GONE):
        [length] = struct.unpack('<q', socket.recv(8))
        message = socket.recv(length)
        assert len(message) == length
        ids, data_sizes, metadata_sizes = client.decode_notifications(message)
        assert list(ids) == [object_id]
        assert (data_sizes[0], metadata_sizes[0]) == expected
        if expected != GONE:
            other.delete([object_id])


def test_waiting_for_the_next(client, other):
    subscribe(client)
    got = []
    waiting = threading.Thread(target=lambda: got.append(next_of(client)))
    waiting.start()
    object_id = write(other, 10)
    waiting.join(20)
    assert got == [(object_id, (10, 0))]


def test_several_subscribers(client, other, connect):
    subscribers = [connect() for _ in range(10)]
    for subscriber in subscribers:
        subscribe(subscriber)
    object_id = write(other, 10)
    assert [next_of(each)[0] for each in subscribers] == [object_id] * 10


@pytest.mark.forebay_only
def test_subscribe_again(client, other):
    subscribe(client)
    first = write(other, 10)
    subscribe(client)
    # the new socket begins with what is there
    assert next_of(client) == (first, (10, 0))
    second = write(other, 20)
    assert next_of(client) == (second, (20, 0))
    assert client.contains(first)


def test_subscriber_that_leaves(connect, client, other):
    subscriber = connect()
    subscribe(subscriber)
    subscriber.disconnect()
    for _ in range(100):
        other.create_and_seal(new_id(), b'x')
    eventually(lambda: len(client.list()) == 100)
