"""What a restart of the node keeps; run in two parts by the restart test around a restart."""

import hashlib
import json
import os

import pytest
from alluxio import option, wire
from alluxio.exceptions import AlluxioError, DataLossError

from support import MIB, SIZES, content, mkdir, mode, read, write

ROOT = '/restart'
PERSISTED = [wire.WRITE_TYPE_CACHE_THROUGH, wire.WRITE_TYPE_THROUGH, wire.WRITE_TYPE_ASYNC_THROUGH]


def notes():
    return os.environ['FOREBAY_NOTES']


@pytest.mark.before_restart
def test_leave(client):
    mkdir(client, ROOT)
    for write_type in PERSISTED + [wire.WRITE_TYPE_MUST_CACHE]:
        for size in SIZES + [3 * MIB]:
            write(client, '%s/%s-%d' % (ROOT, write_type.name, size), content(size),
                  write_type=write_type)
    path = write(client, ROOT + '/attributes', block_size_bytes=4096, mode=mode(6, 4, 0))
    client.set_attribute(path, option.SetAttribute(
        owner='alice', group='staff', pinned=True, ttl=86400000,
        ttl_action=wire.TTL_ACTION_DELETE))
    stream = client.create_file(ROOT + '/open')
    client.write(stream).write(b'never closed')
    folder = os.path.dirname(notes()) + '/mounted'
    os.makedirs(folder, exist_ok=True)
    client.mount(ROOT + '/m', folder)
    write(client, ROOT + '/m/async', content(MIB), write_type=wire.WRITE_TYPE_ASYNC_THROUGH)
    with open(notes(), 'w') as file:
        json.dump({'attributes': client.get_status(path).json(), 'folder': folder}, file)


@pytest.mark.after_restart
def test_persisted_files_are_there(client):
    for write_type in PERSISTED:
        for size in SIZES + [3 * MIB]:
            path = '%s/%s-%d' % (ROOT, write_type.name, size)
            assert client.get_status(path).completed
            assert read(client, path) == content(size), path


@pytest.mark.after_restart
@pytest.mark.parametrize('size', SIZES + [3 * MIB])
def test_memory_only_files_are_lost_and_say_so(client, size):
    path = '%s/MUST_CACHE-%d' % (ROOT, size)
    assert client.get_status(path).persistence_state.name == 'LOST'
    with pytest.raises(DataLossError) as caught:
        read(client, path)
    assert path in caught.value.message
    client.delete(path)
    assert not client.exists(path)


@pytest.mark.after_restart
def test_attributes_are_kept(client):
    with open(notes()) as file:
        wanted = json.load(file)['attributes']
    status = client.get_status(ROOT + '/attributes').json()
    for key in ('mode', 'owner', 'group', 'pinned', 'ttl', 'ttlAction', 'fileId', 'creationTimeMs',
                'lastModificationTimeMs', 'blockSizeBytes', 'blockIds', 'length'):
        assert status[key] == wanted[key], key


@pytest.mark.after_restart
def test_file_never_closed_is_not_complete(client):
    if client.exists(ROOT + '/open'):
        assert not client.get_status(ROOT + '/open').completed
        with pytest.raises(AlluxioError):
            read(client, ROOT + '/open')
        client.delete(ROOT + '/open')
    write(client, ROOT + '/open', b'again')
    assert read(client, ROOT + '/open') == b'again'


@pytest.mark.after_restart
def test_mount_and_its_pending_persistence_are_kept(client):
    from support import persisted
    with open(notes()) as file:
        folder = json.load(file)['folder']
    assert client.get_status(ROOT + '/m').mount_point
    persisted(client, ROOT + '/m/async', 15)
    with open(folder + '/async', 'rb') as file:
        assert hashlib.sha256(file.read()).digest() == hashlib.sha256(content(MIB)).digest()
