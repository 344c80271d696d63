"""delete, evict and the least recently used order."""

import pytest

from support import absent, eventually, new_id, references, write


def test_delete(client, other):
    first, second, kept = write(client, 10), write(client, 10), write(client, 10)
    client.delete([first, second, new_id()])
    assert absent(other, first) and absent(other, second)
    assert other.contains(kept)
    client.delete([])
    write(client, 20, object_id=first)


def test_delete_while_another_uses_it(client, other):
    object_id = write(client, 10)
    [buffer] = other.get_buffers([object_id])
    client.delete([object_id])
    assert client.contains(object_id)
    assert client.get_buffers([object_id], timeout_ms=0)[0].size == 10
    assert buffer.size == 10
    del buffer
    eventually(lambda: absent(client, object_id))


def test_delete_of_what_this_client_uses(client, other):
    object_id = write(client, 10)
    [buffer] = client.get_buffers([object_id])
    client.delete([object_id])
    assert other.contains(object_id) and buffer.size == 10
    del buffer
    eventually(lambda: absent(other, object_id))


def test_delete_before_seal(client, other):
    object_id = new_id()
    buffer = client.create(object_id, 10)
    other.delete([object_id])
    assert other.list()[object_id]['state'] == 'created' and buffer.size == 10
    del buffer
    client.seal(object_id)
    eventually(lambda: absent(other, object_id))


def test_deleting_makes_room(client, capacity):
    for _ in range(5):
        object_id = write(client, capacity // 2 + 1)
        client.delete([object_id])
    assert client.list() == {}


def test_evict(client, other):
    oldest, middle, youngest = (write(client, 1000, b'm' * 10) for _ in range(3))
    assert client.evict(1) == 1010
    assert absent(other, oldest)
    assert client.evict(1500) == 2020
    assert absent(other, middle) and absent(other, youngest)
    assert client.evict(1000) == 0


def test_evict_spares_what_is_used(client, other):
    used, free = write(client, 1000), write(client, 1000)
    held = other.get_buffers([used])
    assert client.evict(10000) == 1000
    assert absent(client, free) and client.contains(used) and held[0].size == 1000


def test_evict_spares_what_is_created(client, other):
    object_id = new_id()
    buffer = client.create(object_id, 1000)
    assert other.evict(1000) == 0
    client.seal(object_id)
    assert buffer.size == 1000


@pytest.mark.parametrize('amount', [0, 1 << 60])
def test_odd_amounts(client, amount):
    write(client, 1000)
    assert client.evict(amount) in ((0,) if amount == 0 else (1000,))


def test_last_release_makes_youngest(client, other):
    first, second, third = (write(client, 1000) for _ in range(3))
    held = other.get_buffers([first])
    del held
    eventually(lambda: references(client, first) == 0)
    assert client.evict(1) == 1000
    assert absent(client, second)
    assert client.evict(1) == 1000
    assert absent(client, third) and client.contains(first)


def test_full_store_evicts_the_oldest(client, capacity):
    ids = [write(client, capacity // 10) for _ in range(10)]
    write(client, capacity // 10)
    assert absent(client, ids[0])
    assert client.contains(ids[9])
