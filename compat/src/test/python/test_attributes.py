"""set_attribute and pinning."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import InvalidArgumentError, NotFoundError

from support import MIB, content, mkdir, mode, raises, read, write


def set_attribute(client, path, **options):
    return client.set_attribute(path, option.SetAttribute(**options))


def test_nothing_to_set(client, root):
    path = write(client, root + '/f')
    before = client.get_status(path)
    assert client.set_attribute(path) is None
    set_attribute(client, path)
    after = client.get_status(path)
    assert (after.mode, after.owner, after.pinned) == (before.mode, before.owner, before.pinned)


def test_mode(client, root):
    for path in (write(client, root + '/f'), mkdir(client, root + '/d')):
        set_attribute(client, path, mode=mode(7, 4, 1))
        assert client.get_status(path).mode == 0o741


@pytest.mark.forebay_only
def test_any_owner_and_group(client, place):
    path = write(client, place + '/f', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    set_attribute(client, path, owner='nobody here', group='no group')
    status = client.get_status(path)
    assert (status.owner, status.group) == ('nobody here', 'no group')
    set_attribute(client, path, owner='alice')
    status = client.get_status(path)
    assert (status.owner, status.group) == ('alice', 'no group')


def test_recursive_applies_to_all_below(client, root):
    write(client, root + '/d/e/f', recursive=True)
    before = client.get_status(root + '/d/e').mode
    set_attribute(client, root + '/d', mode=mode(7, 0, 0))
    assert client.get_status(root + '/d').mode == 0o700
    assert client.get_status(root + '/d/e').mode == before
    set_attribute(client, root + '/d', mode=mode(7, 1, 0), recursive=True)
    for path in ('/d', '/d/e', '/d/e/f'):
        assert client.get_status(root + path).mode == 0o710


@pytest.mark.forebay_only
def test_recursive_owner(client, root):
    write(client, root + '/d/e/f', recursive=True)
    set_attribute(client, root + '/d', owner='alice', group='staff', recursive=True)
    status = client.get_status(root + '/d/e/f')
    assert (status.owner, status.group) == ('alice', 'staff')


def test_missing(client, root):
    with raises(NotFoundError, root + '/none'):
        set_attribute(client, root + '/none', pinned=True)


@pytest.mark.forebay_only
def test_empty_mode_bits_are_invalid(client, root):
    with pytest.raises(InvalidArgumentError):
        set_attribute(client, root, mode=wire.Mode())


def test_pin_and_unpin_a_file(client, root):
    path = write(client, root + '/f')
    assert not client.get_status(path).pinned
    set_attribute(client, path, pinned=True)
    assert client.get_status(path).pinned
    set_attribute(client, path, pinned=False)
    assert not client.get_status(path).pinned


def test_pin_is_inherited(client, root):
    write(client, root + '/d/e/f', recursive=True)
    set_attribute(client, root + '/d', pinned=True)
    assert client.get_status(root + '/d/e').pinned
    assert client.get_status(root + '/d/e/f').pinned
    write(client, root + '/d/e/later')
    assert client.get_status(root + '/d/e/later').pinned
    assert client.get_status(mkdir(client, root + '/d/e/g')).pinned
    set_attribute(client, root + '/d', pinned=False)
    assert not client.get_status(root + '/d/e/f').pinned


def test_persisted_mode_in_a_mounted_folder(client, mount):
    mounted = mount()
    path = write(client, mounted / 'f', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    set_attribute(client, path, mode=mode(6, 4, 0))
    assert client.get_status(path).mode == 0o640


@pytest.mark.server_only
def test_pinned_file_is_never_evicted(client, root, cache_bytes):
    pinned = write(client, root + '/pinned', content(20 * MIB),
                   write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    set_attribute(client, pinned, pinned=True)
    other = content(32 * MIB, seed=2)
    for number in range(cache_bytes // len(other) + 4):
        write(client, '%s/other%d' % (root, number), other,
              write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    assert client.get_status(pinned).in_memory_percentage == 100
    assert client.get_status(root + '/other0').in_memory_percentage < 100
    assert read(client, root + '/other0') == other
