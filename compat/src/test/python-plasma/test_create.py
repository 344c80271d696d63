"""create, seal, create_and_seal, put_raw_buffer: each with success and each documented error."""

import numpy as np
import pyarrow as pa
import pyarrow.plasma as plasma
import pytest

from support import KIB, MIB, absent, content, new_id, references, state, write


@pytest.mark.parametrize('size', [0, 1, 7, 63, 64, 65, 4095, 4096, 4097, MIB - 1, MIB, 5 * MIB])
@pytest.mark.parametrize('metadata', [b'', b'm', b'\x00\xff' * 100])
def test_bytes_come_back(client, other, size, metadata):
    if size + len(metadata) == 0:
        pytest.skip('see test_empty_object')
    object_id = write(client, size, metadata, seed=size)
    [(got_metadata, got)] = other.get_buffers([object_id], timeout_ms=0, with_meta=True)
    assert got_metadata == metadata
    assert got.to_pybytes() == content(size, size)


def test_empty_object(client, other):
    object_id = new_id()
    client.create(object_id, 0)
    client.seal(object_id)
    assert other.contains(object_id)
    [buffer] = other.get_buffers([object_id], timeout_ms=0)
    assert buffer.size == 0
    assert other.get(object_id, timeout_ms=0) is plasma.ObjectNotAvailable


def test_only_metadata(client, other):
    object_id = new_id()
    client.create(object_id, 0, b'only this')
    client.seal(object_id)
    [metadata] = other.get_metadata([object_id], timeout_ms=0)
    assert metadata.to_pybytes() == b'only this'


def test_data_is_aligned(client):
    for size in (1, 100, 1000, 65 * KIB):
        assert client.create(new_id(), size, b'x').address % 64 == 0


@pytest.mark.parametrize('raw', [b'\x00' * 20, b'\xff' * 20, b'\xc3\x28' * 10, b'\x80' * 20,
                                 bytes(range(20))])
def test_ids_are_any_bytes(client, other, raw):
    object_id = write(client, 100, object_id=plasma.ObjectID(raw))
    assert other.contains(object_id)
    assert list(other.list()) == [object_id]
    assert other.get_buffers([object_id], timeout_ms=0)[0].size == 100


def test_created_object_is_not_there_for_others(client, other):
    object_id = new_id()
    buffer = client.create(object_id, 10)
    assert buffer.is_mutable
    assert not other.contains(object_id)
    assert other.get_buffers([object_id], timeout_ms=0) == [None]
    assert state(other, object_id) == 'created'
    client.seal(object_id)
    assert other.contains(object_id)
    assert state(other, object_id) == 'sealed'


def test_buffer_of_get_is_immutable(client, other):
    object_id = write(client, 10)
    [buffer] = other.get_buffers([object_id])
    assert not buffer.is_mutable
    with pytest.raises(ValueError):
        np.frombuffer(buffer, dtype='u1')[0] = 1


@pytest.mark.parametrize('sealed', [False, True])
def test_exists(client, other, sealed):
    object_id = new_id()
    client.create(object_id, 10)
    if sealed:
        client.seal(object_id)
    for each in (client, other):
        with pytest.raises(plasma.PlasmaObjectExists):
            each.create(object_id, 20)
        with pytest.raises(plasma.PlasmaObjectExists):
            each.create_and_seal(object_id, b'other')
        with pytest.raises(plasma.PlasmaObjectExists):
            each.put_raw_buffer(b'other', object_id=object_id)
        with pytest.raises(plasma.PlasmaObjectExists):
            each.put([1], object_id=object_id)
    assert client.list()[object_id]['data_size'] == 10


def test_full(client, capacity):
    for size in (capacity + 1, 2 * capacity, 1 << 40, (1 << 63) - 1):
        with pytest.raises(plasma.PlasmaStoreFull):
            client.create(new_id(), size)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(new_id(), capacity, b'm')
    assert client.list() == {}


@pytest.mark.forebay_only
def test_too_large_create_evicts_nothing(client, capacity):
    kept = write(client, 1000)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(new_id(), capacity + 1)
    assert client.contains(kept)


@pytest.mark.forebay_only
def test_negative_size(client):
    with pytest.raises((plasma.PlasmaStoreFull, pa.ArrowException, OverflowError)):
        client.create(new_id(), -1)
    assert client.list() == {}


def test_seal_of_unknown(client):
    with pytest.raises(plasma.PlasmaObjectNotFound):
        client.seal(new_id())


def test_seal_twice(client):
    object_id = new_id()
    buffer = client.create(object_id, 10)
    client.seal(object_id)
    with pytest.raises((plasma.PlasmaObjectNotFound, pa.ArrowException)):
        client.seal(object_id)
    assert buffer.size == 10


def test_buffer_may_go_before_seal(client, other):
    object_id = new_id()
    buffer = client.create(object_id, 10)
    del buffer
    client.seal(object_id)
    assert other.contains(object_id)
    assert references(other, object_id) == 0


@pytest.mark.parametrize('size', [1, 100, 70 * KIB, 3 * MIB])
def test_create_and_seal(client, other, size):
    object_id = new_id()
    client.create_and_seal(object_id, content(size), b'meta')
    assert references(other, object_id) == 0
    [(metadata, buffer)] = other.get_buffers([object_id], with_meta=True)
    assert (metadata, buffer.to_pybytes()) == (b'meta', content(size))


def test_create_and_seal_full(client, capacity):
    full = new_id()
    client.create(full, capacity)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create_and_seal(new_id(), b'x')


def test_create_and_seal_of_nothing(client, other):
    object_id = new_id()
    client.create_and_seal(object_id, b'')
    assert other.contains(object_id)


@pytest.mark.parametrize('size', [1, 3 * MIB])
def test_put_raw_buffer(client, other, size):
    object_id = client.put_raw_buffer(content(size), metadata=b'meta')
    [(metadata, buffer)] = other.get_buffers([object_id], with_meta=True)
    assert (metadata, buffer.to_pybytes()) == (b'meta', content(size))


def test_not_created_after_error(client, other, capacity):
    object_id = new_id()
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(object_id, capacity + 1)
    assert absent(other, object_id)
    write(other, 10, object_id=object_id)
