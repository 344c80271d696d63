"""Time to live: due at creation time plus ttl, acted on within 5 s."""

import time

import pytest
from alluxio import option, wire

from support import eventually, in_memory, mkdir, persisted, read, write

# due time of the shortest ttl used here plus the 5 s that the server may take, plus slack
SECONDS = 7.0

pytestmark = pytest.mark.forebay_only


def set_ttl(client, path, ttl, action=None, **options):
    client.set_attribute(path, option.SetAttribute(ttl=ttl, ttl_action=action, **options))


def test_is_shown(client, root):
    path = write(client, root + '/f', ttl=3600000, ttl_action=wire.TTL_ACTION_DELETE)
    status = client.get_status(path)
    assert (status.ttl, status.ttl_action.name) == (3600000, 'DELETE')


def test_default_action_is_free(client, root):
    path = write(client, root + '/f', ttl=3600000)
    assert client.get_status(path).ttl_action.name == 'FREE'


def test_delete(client, place):
    path = write(client, place + '/f', ttl=500, ttl_action=wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(path), SECONDS)


def test_delete_takes_the_under_store_file_along(client, mount):
    mounted = mount()
    path = write(client, mounted / 'f', ttl=500, ttl_action=wire.TTL_ACTION_DELETE,
                 write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    eventually(lambda: not client.exists(path), SECONDS)
    assert not (mounted.folder / 'f').exists()


def test_delete_of_a_directory_takes_its_content_along(client, root):
    write(client, root + '/d/e/f', recursive=True)
    set_ttl(client, root + '/d', 100, wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(root + '/d'), SECONDS)
    assert client.exists(root)


def test_free(client, place):
    path = write(client, place + '/f', b'x' * 100000, ttl=500, ttl_action=wire.TTL_ACTION_FREE,
                 write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    client.set_attribute(path, option.SetAttribute(pinned=True))
    in_memory(client, path, 0, SECONDS)
    status = eventually(lambda: (s := client.get_status(path)).ttl == -1 and s)
    assert status.ttl_action.name == 'DELETE'
    assert not status.pinned
    assert read(client, path) == b'x' * 100000


def test_free_of_a_directory(client, root):
    path = write(client, root + '/d/f', recursive=True, write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    set_ttl(client, root + '/d', 100, wire.TTL_ACTION_FREE)
    in_memory(client, path, 0, SECONDS)
    assert client.exists(path)


def test_free_never_loses_what_is_not_persisted(client, root):
    path = write(client, root + '/f', b'only copy', ttl=0, ttl_action=wire.TTL_ACTION_FREE,
                 write_type=wire.WRITE_TYPE_MUST_CACHE)
    witness = write(client, root + '/w', ttl=0, ttl_action=wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(witness), SECONDS)
    assert read(client, path) == b'only copy'
    assert client.get_status(path).in_memory_percentage == 100


def test_counts_from_creation(client, root):
    path = write(client, root + '/f')
    time.sleep(1.5)
    set_ttl(client, path, 1000, wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(path), 5.5)


def test_is_not_acted_on_early(client, root):
    path = write(client, root + '/f', ttl=4000, ttl_action=wire.TTL_ACTION_DELETE)
    created = client.get_status(path).creation_time_ms
    while time.time() * 1000 < created + 3900:
        seen_at = time.time() * 1000
        assert client.exists(path) or seen_at > created + 3900
        time.sleep(0.1)
    eventually(lambda: not client.exists(path), SECONDS)


def test_ttl_alone_keeps_the_action(client, root):
    path = write(client, root + '/f', ttl=3600000, ttl_action=wire.TTL_ACTION_DELETE)
    set_ttl(client, path, 7200000)
    status = client.get_status(path)
    assert (status.ttl, status.ttl_action.name) == (7200000, 'DELETE')


@pytest.mark.parametrize('cleared', [-1, -2, -3600000])
def test_negative_is_none(client, root, cleared):
    path = write(client, root + '/f', ttl=3600000, ttl_action=wire.TTL_ACTION_DELETE)
    set_ttl(client, path, cleared)
    assert client.get_status(path).ttl == -1


def test_cleared_in_time_is_not_acted_on(client, root):
    path = write(client, root + '/f', ttl=1500, ttl_action=wire.TTL_ACTION_DELETE)
    set_ttl(client, path, -1)
    witness = write(client, root + '/w', ttl=1500, ttl_action=wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(witness), SECONDS + 1)
    assert client.exists(path)


def test_second_form_in_common_options(client, root, raw):
    options = {'commonOptions': {'ttl': 500, 'ttlAction': 'DELETE'}}
    stream = raw.post(root + '/f', 'create-file', options).json()
    client.close(stream)
    status = client.get_status(root + '/f')
    assert (status.ttl, status.ttl_action.name) == (500, 'DELETE')
    eventually(lambda: not client.exists(root + '/f'), SECONDS)
    mkdir(client, root + '/d')
    assert raw.post(root + '/d', 'set-attribute', options).status == 200
    eventually(lambda: not client.exists(root + '/d'), SECONDS)


def test_open_file_is_left_until_it_is_closed_or_gone(client, root):
    path = root + '/f'
    stream = client.create_file(path, option.CreateFile(
        ttl=0, ttl_action=wire.TTL_ACTION_FREE))
    client.write(stream).write(b'x')
    witness = write(client, root + '/w', ttl=0, ttl_action=wire.TTL_ACTION_DELETE)
    eventually(lambda: not client.exists(witness), SECONDS)
    client.close(stream)
    persisted(client, path)
    assert read(client, path) == b'x'
