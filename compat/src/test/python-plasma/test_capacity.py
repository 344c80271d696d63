"""The capacity is plain arithmetic: exactly full works, one byte more does not."""

import random

import pyarrow.plasma as plasma
import pytest

from support import KIB, new_id, write


def test_exactly_full(client, capacity):
    object_id = new_id()
    client.create(object_id, capacity)
    client.seal(object_id)
    assert client.contains(object_id)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(new_id(), capacity + 1)


def test_metadata_counts(client, capacity):
    object_id = new_id()
    client.create(object_id, capacity - 100, b'm' * 100)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(new_id(), 1)
    assert client.list()[object_id]['data_size'] == capacity - 100


def test_use_full_memory(client, capacity):
    """What test_plasma.py of Arrow does: full of small ones, then the whole, twice."""
    randomness = random.Random(1)
    for _ in range(2):
        for _ in range(100):
            size = randomness.randrange(1, capacity // 50)
            try:
                client.create(new_id(), size)
            except plasma.PlasmaStoreFull:
                break
        for object_id in client.list():
            try:
                client.seal(object_id)
            except plasma.PlasmaObjectNotFound:
                pass
        client.evict(capacity)
        whole = new_id()
        client.create(whole, capacity)
        client.seal(whole)
        client.delete([whole])
        assert client.list() == {}


def test_empty_objects_cost_nothing(client, capacity):
    full = new_id()
    buffer = client.create(full, capacity)
    empty = new_id()
    client.create(empty, 0)
    client.seal(empty)
    assert client.contains(empty) and buffer.size == capacity


def test_holes_cost_nothing(client, capacity):
    count, size = 500, capacity // 500
    ids = [write(client, size) for _ in range(count)]
    client.delete(ids[::2])
    large = new_id()
    client.create(large, size * (count // 2) - KIB)
    client.seal(large)
    assert all(client.contains(object_id) for object_id in ids[1::2])
