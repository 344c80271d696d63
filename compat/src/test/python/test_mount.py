"""mount and unmount of local folders."""

import os

import pytest
from alluxio import option, wire
from alluxio.exceptions import (AlluxioError, AlreadyExistsError, InvalidArgumentError,
                                NotFoundError, PermissionDeniedError, UnimplementedError)

from support import eventually, mkdir, mode, names, persisted, raises, read, write


def test_shows_what_the_folder_holds(client, mount, tmp_path):
    folder = tmp_path / 'source'
    (folder / 'd').mkdir(parents=True)
    (folder / 'd' / 'f').write_bytes(b'below')
    (folder / 'g').write_bytes(b'x')
    os.chmod(folder, 0o750)
    mounted = mount(folder=folder)
    status = client.get_status(mounted.path)
    assert status.mount_point and status.folder and status.persisted
    assert status.ufs_path == str(folder)
    assert status.mode == 0o750
    assert client.ls(mounted.path) == ['d', 'g']
    assert read(client, mounted / 'd/f') == b'below'
    inner = client.get_status(mounted / 'd/f')
    assert not inner.mount_point and inner.persisted and inner.length == 5
    assert inner.ufs_path.endswith(str(folder / 'd' / 'f'))


def test_file_uri(client, root, tmp_path):
    (tmp_path / 'f').write_bytes(b'x')
    client.mount(root + '/m', 'file://' + str(tmp_path))
    assert read(client, root + '/m/f') == b'x'
    client.unmount(root + '/m')


def test_unmount_forgets_and_leaves_the_data(client, mount):
    mounted = mount()
    mounted.put('f', b'x')
    write(client, mounted / 'g', b'y', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    assert read(client, mounted / 'f') == b'x'
    assert client.unmount(mounted.path) is None
    assert not client.exists(mounted.path)
    with raises(NotFoundError, 'f'):
        client.get_status(mounted / 'f')
    assert mounted.entries() == ['f', 'g']
    client.mount(mounted.path, str(mounted.folder))
    assert client.ls(mounted.path) == ['f', 'g']


def test_unmount_options_object(client, mount):
    mounted = mount()
    client.unmount(mounted.path, option.Unmount())
    assert not client.exists(mounted.path)


def test_unmount_errors(client, root):
    with raises(NotFoundError, root + '/none'):
        client.unmount(root + '/none')
    path = mkdir(client, root + '/d')
    with raises(InvalidArgumentError, path):
        client.unmount(path)
    with pytest.raises(InvalidArgumentError):
        client.unmount('/')


def test_nested_mounts(client, mount):
    outer = mount('m')
    inner = mount('m/inner', folder=outer.folder.parent / 'other')
    inner.put('f', b'inner')
    outer.put('g', b'outer')
    assert read(client, inner / 'f') == b'inner'
    assert read(client, outer / 'g') == b'outer'
    assert client.get_status(inner.path).mount_point
    write(client, inner / 'h', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    assert (inner.folder / 'h').exists()
    assert 'inner' in names(client, outer.path)
    client.unmount(inner.path)
    assert (inner.folder / 'h').exists()
    assert client.exists(outer / 'g')


def test_read_only(client, mount):
    mounted = mount(opt=option.Mount(read_only=True))
    mounted.put('f', b'x')
    assert read(client, mounted / 'f') == b'x'
    refused = [
        lambda: client.create_file(mounted / 'new'),
        lambda: client.create_directory(mounted / 'new'),
        lambda: client.delete(mounted / 'f'),
        lambda: client.rename(mounted / 'f', mounted / 'g'),
        lambda: client.set_attribute(mounted / 'f', option.SetAttribute(mode=mode(7, 7, 7))),
        lambda: client.set_attribute(mounted / 'f', option.SetAttribute(owner='alice')),
    ]
    for call in refused:
        with raises(PermissionDeniedError, mounted.path):
            call()
    assert mounted.entries() == ['f']
    assert (mounted.folder / 'f').read_bytes() == b'x'


def test_shared(client, mount):
    mounted = mount(opt=option.Mount(shared=True, read_only=False))
    write(client, mounted / 'f', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
    assert (mounted.folder / 'f').exists()


@pytest.mark.forebay_only
def test_properties_are_never_told(client, root, mount, raw):
    """The real proxy repeats them in the error of a mount that fails."""
    secret = 's3cr3t-value-9f8e'
    opt = option.Mount(properties={'secret.key': secret, 'unknown.key': 'x'})
    mounted = mount(opt=opt)
    mounted.put('f', b'x')
    answers = [raw.post(mounted.path, 'get-status'), raw.post(mounted / 'f', 'get-status'),
               raw.post(mounted.path, 'list-status'), raw.post(root, 'list-status'),
               raw.send('GET', '/api/v1/proxy/info'),
               raw.post(mounted.path, 'mount', opt.json(), '?src=' + str(mounted.folder)),
               raw.post(mounted.path, 'mount', opt.json(), '?src=nosuch://x/'),
               raw.post(root + '/n', 'mount', opt.json(), '?src=/no/such/folder')]
    for answer in answers:
        assert secret.encode() not in answer.body


def test_errors_are_errors_of_the_client(client, root, mount, tmp_path):
    mounted = mount()
    for path, source in [(root, str(tmp_path / 'new')), (root + '/none/m', str(tmp_path)),
                         (root + '/n', '/no/such/folder'), (root + '/n', str(mounted.folder))]:
        with pytest.raises(AlluxioError):
            client.mount(path, source)
    assert names(client, root) == ['m']


@pytest.mark.forebay_only
def test_exact_errors(client, root, mount, tmp_path):
    mounted = mount()
    fresh = tmp_path / 'fresh'
    fresh.mkdir()
    (tmp_path / 'file').write_bytes(b'x')
    with raises(AlreadyExistsError, root):
        client.mount(root, str(fresh))
    with raises(NotFoundError, 'none'):
        client.mount(root + '/none/m', str(fresh))
    with pytest.raises(InvalidArgumentError):
        client.mount('relative', str(fresh))
    for source in (tmp_path / 'missing', tmp_path / 'file', mounted.folder,
                   mounted.folder.parent, 'relative', ''):
        with pytest.raises(InvalidArgumentError):
            client.mount(root + '/n', str(source))
    with pytest.raises(UnimplementedError):
        client.mount(root + '/n', 'nosuchscheme://host/x')
    assert names(client, root) == ['m']


@pytest.mark.forebay_only
def test_folder_inside_a_mounted_one_overlaps(client, root, mount):
    mounted = mount()
    (mounted.folder / 'inner').mkdir()
    with pytest.raises(InvalidArgumentError):
        client.mount(root + '/n', str(mounted.folder / 'inner'))
    sibling = mounted.folder.parent / (mounted.folder.name + '2')
    mount('n', folder=sibling)
    assert client.get_status(root + '/n').mount_point


def test_missing_source_parameter(raw, root):
    answer = raw.post(root + '/n', 'mount', {})
    assert answer.json()['statusCode'] == 'INTERNAL'
    assert 'src' in answer.json()['message']


def test_mount_survives_its_files_being_written_and_removed(client, mount):
    mounted = mount()
    for number in range(20):
        path = write(client, mounted / ('f%d' % number))
        if number % 2:
            client.delete(path)
    for number in range(0, 20, 2):
        persisted(client, mounted / ('f%d' % number))
    kept = sorted('f%d' % number for number in range(0, 20, 2))
    # what was on its way below when its file was removed may take a moment to go
    eventually(lambda: mounted.entries() == kept)
    assert names(client, mounted.path, load_metadata_type=wire.LOAD_METADATA_TYPE_ALWAYS) == kept
