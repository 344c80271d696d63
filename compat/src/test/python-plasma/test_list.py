"""list."""

import time

from support import new_id, write


def test_empty(client):
    assert client.list() == {}


def test_entries(client, other):
    before = int(time.time())
    sealed = write(client, 100, b'meta')
    created = new_id()
    buffer = client.create(created, 200, b'm')
    held = other.get_buffers([sealed])
    entries = other.list()
    assert set(entries) == {sealed, created}
    assert before <= entries[sealed].pop('create_time') <= time.time()
    assert before <= entries[created].pop('create_time') <= time.time()
    assert entries[sealed] == {'data_size': 100, 'metadata_size': 4, 'ref_count': 1,
                               'construct_duration': 0, 'state': 'sealed'}
    assert entries[created] == {'data_size': 200, 'metadata_size': 1, 'ref_count': 1,
                                'construct_duration': -1, 'state': 'created'}
    assert buffer.size == 200 and held[0].size == 100


def test_construct_duration(client):
    object_id = new_id()
    client.create(object_id, 10)
    time.sleep(1.1)
    client.seal(object_id)
    assert client.list()[object_id]['construct_duration'] in (1, 2)
