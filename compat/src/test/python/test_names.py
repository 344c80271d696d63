"""Names and paths as people have them."""

import pytest
from alluxio import option, wire
from alluxio.exceptions import AlluxioError, InvalidArgumentError

from support import content, mkdir, persisted, read, write

PLAIN = [
    'a b', ' leading', 'trailing ', 'plus+plus', 'amp&amp=equals', 'it\'s', 'quo"te',
    'percent%', '100% of it', '%', '%%', '%zz', 'star*', 'tilde~', 'dollar$', 'bang!', '(round)',
    '[square]', '{curly}', '<angle>', 'pipe|', 'hat^', 'back`tick', 'comma,', 'colon:', '@at',
    'equals=', '.hidden', '...', '-dash', '_', '\u00e4\u00f6\u00fc\u00df', '\u65e5\u672c\u8a9e',
    '\u0440\u0443\u0441', '\u05e2\u05d1\u05e8', '\U0001f600', 'e\u0301', '\u00e9', 'x' * 255,
    '\u65e5' * 85, 'create-file', 'get-status', 'paths', 'NUL', 'con.txt',
]

# the real proxy cuts at a semicolon, turns a backslash into a slash, or refuses control characters
FOREBAY_ONLY = ['semi;colon', ';', 'back\\slash', '\\', 'tab\there', 'new\nline', '\x01\x7f']


@pytest.mark.parametrize('name', PLAIN)
def test_file_name(client, root, name):
    check_file_name(client, root, name)


@pytest.mark.forebay_only
@pytest.mark.parametrize('name', FOREBAY_ONLY)
def test_odd_file_name(client, root, name):
    check_file_name(client, root, name)


def check_file_name(client, root, name):
    path = write(client, root + '/' + name, b'x')
    status = client.get_status(path)
    assert (status.name, status.path) == (name, path)
    assert client.ls(root) == [name]
    assert client.exists(path)
    assert read(client, path) == b'x'
    client.delete(path)
    inner = write(client, mkdir(client, path) + '/' + name, b'y')
    assert client.get_status(inner).path == inner
    assert [s.path for s in client.list_status(root, option.ListStatus(recursive=True))] == [
        path, inner]


@pytest.mark.parametrize('name', PLAIN)
def test_rename_to(client, root, name):
    write(client, root + '/from', b'x')
    client.rename(root + '/from', root + '/' + name)
    assert client.ls(root) == [name]
    client.rename(root + '/' + name, root + '/back')
    assert read(client, root + '/back') == b'x'


@pytest.mark.parametrize('name', PLAIN)
def test_in_a_mounted_folder(client, mount, name):
    mounted = mount()
    mounted.put(name, b'from below')
    assert read(client, mounted / name) == b'from below'
    assert client.ls(mounted.path) == [name]
    if len(name.encode()) < 250:
        write(client, mounted / (name + '.new'), b'y', write_type=wire.WRITE_TYPE_CACHE_THROUGH)
        assert (mounted.folder / (name + '.new')).read_bytes() == b'y'


def test_composed_and_decomposed_letters_differ(client, root):
    write(client, root + '/\u00e9')
    write(client, root + '/e\u0301')
    assert sorted(client.ls(root)) == ['e\u0301', '\u00e9']


def test_escape_in_a_name_is_what_it_escapes(client, root):
    write(client, root + '/a%20b')
    assert client.ls(root) == ['a b']


@pytest.mark.forebay_only
@pytest.mark.parametrize('name', ['what?', 'ha#sh', 'a?b#c'])
def test_names_the_client_cannot_address_are_errors(client, root, name):
    with pytest.raises(AlluxioError) as caught:
        client.create_file(root + '/' + name)
    assert caught.value.status in ('INVALID_ARGUMENT', 'NOT_FOUND')
    assert client.ls(root) == []


@pytest.mark.forebay_only
@pytest.mark.parametrize('name', ['x' * 256, '\u65e5' * 86, 'x' * 4000])
def test_names_longer_than_255_bytes_are_invalid(client, root, name):
    for call in (client.create_file, client.create_directory):
        with pytest.raises(InvalidArgumentError):
            call(root + '/' + name)
    assert not client.exists(root + '/' + name)
    path = write(client, root + '/f')
    with pytest.raises(InvalidArgumentError):
        client.rename(path, root + '/' + name)
    assert client.ls(root) == ['f']


def test_doubled_and_trailing_slashes_are_dropped(client, root):
    write(client, root + '//a///b', recursive=True)
    assert client.get_status(root + '/a/b/').path == root + '/a/b'
    assert client.ls(root + '//a//') == ['b']


def test_slashes_in_the_url(root, raw, client):
    write(client, root + '/f', b'x')
    for form in (root + '/f', root + '//f', root + '/f/'):
        assert raw.post(form, 'get-status').json()['path'] == root + '/f'


@pytest.mark.forebay_only
def test_uri_form(client, root):
    write(client, root + '/f', b'x')
    assert client.get_status('alluxio://any-host:19998' + root + '/f').path == root + '/f'
    assert client.ls('alluxio://' + root) == ['f']


@pytest.mark.parametrize('depth', [10, 150])
def test_deep_path(client, root, depth):
    path = root + '/d' * depth
    write(client, path + '/f', b'deep', recursive=True)
    assert read(client, path + '/f') == b'deep'
    assert len(client.list_status(root, option.ListStatus(recursive=True))) == depth + 1
    client.rename(root + '/d', root + '/e')
    assert read(client, root + '/e' + '/d' * (depth - 1) + '/f') == b'deep'


def test_same_names_in_different_folders(client, root):
    for folder in 'abc':
        write(client, mkdir(client, root + '/' + folder) + '/f', content(10, seed=ord(folder)))
    for folder in 'abc':
        assert read(client, root + '/' + folder + '/f') == content(10, seed=ord(folder))


def test_names_differ_by_case(client, root):
    write(client, root + '/name', b'1')
    write(client, root + '/Name', b'2')
    assert (read(client, root + '/name'), read(client, root + '/Name')) == (b'1', b'2')


def test_unicode_name_is_persisted(client, mount):
    mounted = mount()
    persisted(client, write(client, mounted / '\u00e4 \u65e5+%', b'x'))
    assert (mounted.folder / '\u00e4 \u65e5+%').read_bytes() == b'x'
