"""Connecting, and what a connection says about the store."""

import gc
import os
import stat
import time

import pyarrow as pa
import pyarrow.plasma as plasma
import pytest

from support import absent, eventually, new_id, references, write


def test_capacity_is_the_configured_one(client, capacity):
    assert client.store_capacity() == capacity


def test_socket_name(client, socket_path):
    assert client.store_socket_name == socket_path


@pytest.mark.forebay_only
def test_socket_is_for_its_owner_alone(socket_path):
    mode = os.stat(socket_path).st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


def test_nobody_there(tmp_path):
    started = time.monotonic()
    with pytest.raises(OSError):
        plasma.connect(str(tmp_path / 'nobody'), num_retries=1)
    assert time.monotonic() - started < 5


def test_capsule(client):
    assert client.to_capsule() is not None


def test_disconnect_releases(connect, client):
    short = connect()
    object_id = write(client, 10)
    [buffer] = short.get_buffers([object_id])
    assert references(client, object_id) == 1
    short.disconnect()
    eventually(lambda: references(client, object_id) == 0)
    assert buffer.size == 10
    assert bytes(buffer) is not None


def test_client_without_disconnect_releases(socket_path, client):
    short = plasma.connect(socket_path)
    object_id = write(client, 10)
    buffers = short.get_buffers([object_id])
    assert references(client, object_id) == 1
    del buffers, short
    gc.collect()
    eventually(lambda: references(client, object_id) == 0)


def test_disconnect_drops_what_is_not_sealed(connect, client):
    short = connect()
    object_id = new_id()
    short.create(object_id, 1000)
    assert client.list()[object_id]['state'] == 'created'
    short.disconnect()
    eventually(lambda: absent(client, object_id))
    write(client, 10, object_id=object_id)


def test_closed_client_refuses(connect):
    short = connect()
    short.disconnect()
    with pytest.raises((OSError, pa.ArrowInvalid, pa.ArrowException)):
        short.list()


def test_debug_string(client):
    write(client, 1000, b'meta')
    text = client.debug_string()
    if isinstance(text, bytes):
        text = text.decode()
    assert 'allocated bytes: ' in text
    assert 'allocation limit: ' in text


def test_options_once(connect, capacity):
    client = connect()
    client.set_client_options('first', capacity // 10)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.set_client_options('first', capacity // 10)


def test_options_leave_room_for_others(connect, capacity):
    with pytest.raises(plasma.PlasmaStoreFull):
        connect().set_client_options('greedy', capacity * 8 // 10)


def test_quota_is_given_back(connect, capacity):
    for _ in range(5):
        client = connect()
        # the store may not have noticed yet that the one before is gone
        eventually(lambda: reserved(client, capacity // 2))
        client.disconnect()


def reserved(client, quota):
    try:
        client.set_client_options('half', quota)
        return True
    except plasma.PlasmaStoreFull:
        return False


def test_create_beyond_the_quota(connect, capacity):
    client = connect()
    client.set_client_options('small', 10000)
    with pytest.raises(plasma.PlasmaStoreFull):
        client.create(new_id(), 10001)
    write(client, 10000)


def test_quota_evicts_its_own(connect, client):
    bystander = write(client, 1000)
    limited = connect()
    limited.set_client_options('small', 10000)
    first = write(limited, 6000)
    write(limited, 6000)
    assert client.contains(bystander)
    assert not client.contains(first)
