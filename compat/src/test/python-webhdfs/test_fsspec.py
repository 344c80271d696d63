"""fsspec's file system webhdfs."""

import csv
import io

import fsspec
import pytest

from conftest import HOST, PORT, USER
from support import MIB, SIZES, content


@pytest.mark.parametrize('size', [0, *SIZES, 12 * MIB])
def test_what_is_written_is_read(fs, root, size):
    with fs.open(root + '/f', 'wb') as writer:
        writer.write(content(size))
    with fs.open(root + '/f', 'rb') as reader:
        assert reader.read() == content(size)
    assert fs.cat(root + '/f') == content(size)
    assert fs.size(root + '/f') == size


def test_many_parts_go_to_one_location(fs, root):
    with fs.open(root + '/f', 'wb', block_size=100_000) as writer:
        for seed in range(60):
            writer.write(content(50_000, seed))
    assert fs.cat(root + '/f') == b''.join(content(50_000, seed) for seed in range(60))


def test_writing_replaces(fs, root):
    fs.pipe(root + '/f', content(100_000))
    fs.pipe(root + '/f', b'new')
    assert fs.cat(root + '/f') == b'new'


def test_seeking(fs, root):
    data = content(MIB)
    fs.pipe(root + '/f', data)
    with fs.open(root + '/f', 'rb', block_size=1000) as reader:
        for position in (999_999, 0, 500_000, MIB - 10):
            reader.seek(position)
            assert reader.read(20) == data[position:position + 20]
    assert fs.cat_file(root + '/f', start=10, end=20) == data[10:20]
    assert fs.head(root + '/f', 5) == data[:5]
    assert fs.tail(root + '/f', 5) == data[-5:]


def test_text(fs, root):
    with fs.open(root + '/f', 'w') as writer:
        writer.write('a,b\n1,2\n3,ä\n')
    with fs.open(root + '/f', 'r') as reader:
        assert reader.readlines() == ['a,b\n', '1,2\n', '3,ä\n']


def test_url(fs, root):
    fs.pipe(root + '/f', b'x')
    url = 'webhdfs://%s@%s:%s%s/f' % (USER, HOST, PORT, root)
    with fsspec.open(url, 'rb') as reader:
        assert reader.read() == b'x'


def test_ls_and_info(fs, root):
    fs.pipe(root + '/f', b'abc')
    fs.mkdir(root + '/d')
    assert fs.ls(root) == [root + '/d', root + '/f']
    directory, file = fs.ls(root, detail=True)
    assert (directory['type'], file['type'], file['size']) == ('directory', 'file', 3)
    assert fs.info(root + '/f')['name'] == root + '/f'
    assert fs.isdir(root + '/d') and fs.isfile(root + '/f')
    assert fs.exists(root) and not fs.exists(root + '/none')
    assert fs.modified(root + '/f') == fs.created(root + '/f')


def test_tree(fs, root):
    for name in ('a/x.csv', 'a/b/y.csv', 'a/b/z.txt'):
        fs.makedirs((root + '/' + name).rsplit('/', 1)[0], exist_ok=True)
        fs.pipe(root + '/' + name, b'12345')
    assert fs.find(root) == [root + '/a/b/y.csv', root + '/a/b/z.txt', root + '/a/x.csv']
    assert fs.glob(root + '/a/*.csv') == [root + '/a/x.csv']
    assert fs.glob(root + '/**/*.csv') == [root + '/a/b/y.csv', root + '/a/x.csv']
    assert fs.du(root) == 15
    assert [path for path, _, _ in fs.walk(root)] == [root, root + '/a', root + '/a/b']
    assert fs.content_summary(root)['fileCount'] == 3
    fs.rm(root + '/a', recursive=True)
    assert fs.ls(root) == []


def test_put_and_get(fs, root, tmp_path):
    folder = tmp_path / 'tree' / 'sub'
    folder.mkdir(parents=True)
    (folder / 'f').write_bytes(content(200_000))
    fs.put(str(tmp_path / 'tree'), root + '/up', recursive=True)
    assert fs.cat(root + '/up/sub/f') == content(200_000)
    fs.get(root + '/up', str(tmp_path / 'down'), recursive=True)
    assert (tmp_path / 'down' / 'sub' / 'f').read_bytes() == content(200_000)


def test_mv_cp_rm(fs, root):
    fs.pipe(root + '/f', b'x')
    fs.mv(root + '/f', root + '/g')
    fs.cp_file(root + '/g', root + '/h')
    assert fs.cat(root + '/h') == b'x'
    fs.rm(root + '/g')
    assert fs.ls(root) == [root + '/h']


def test_cat_of_many(fs, root):
    fs.pipe({root + '/a': b'1', root + '/b': b'2'})
    assert fs.cat(root + '/*') == {root + '/a': b'1', root + '/b': b'2'}


def test_attributes(fs, root):
    fs.pipe(root + '/f', b'x')
    fs.chmod(root + '/f', '640')
    fs.chown(root + '/f', owner='ann', group='staff')
    fs.set_replication(root + '/f', 2)
    info = fs.info(root + '/f')
    assert (info['permission'], info['owner'], info['group']) == ('640', 'ann', 'staff')
    assert info['replication'] == 2


def test_checksum(fs, root):
    fs.pipe(root + '/f', b'x')
    first = fs.ukey(root + '/f')
    assert first['algorithm'] == 'MD5-of-0MD5-of-512CRC32C'
    fs.pipe(root + '/f', b'y')
    assert fs.ukey(root + '/f') != first


def test_transaction(fs, root):
    fs.makedirs('/tmp', exist_ok=True)
    with fs.transaction:
        with fs.open(root + '/f', 'wb') as writer:
            writer.write(b'x')
        assert not fs.exists(root + '/f')
    assert fs.cat(root + '/f') == b'x'


def test_errors(fs, root):
    with pytest.raises(FileNotFoundError):
        fs.info(root + '/none')
    with pytest.raises(FileNotFoundError):
        fs.open(root + '/none', 'rb')
    with pytest.raises(FileNotFoundError):
        fs.ls(root + '/none')
    with pytest.raises(FileExistsError):
        fs.makedirs(root)
    with pytest.raises(ValueError):
        fs.chmod(root, 'nonsense')
    fs.pipe(root + '/f', b'')
    with pytest.raises(RuntimeError):
        fs.rm(root)
    with pytest.raises(RuntimeError):
        fs.mkdir(root + '/f')


def test_strangers(fs, root):
    fs.pipe(root + '/f', b'')
    fs.chmod(root + '/f', '600')
    other = fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), user='stranger', skip_instance_cache=True)
    with pytest.raises(PermissionError):
        other.cat_file(root + '/f', start=0, end=1) or other._call('OPEN', path=root + '/f')
    with pytest.raises(PermissionError):
        other.mkdir(root + '/d')
    assert other.home_directory() == '/user/stranger'


def test_nobody_is_the_node_itself(root):
    nobody = fsspec.filesystem('webhdfs', host=HOST, port=int(PORT), skip_instance_cache=True)
    assert nobody.home_directory() == '/user/' + USER
    assert nobody.ls(root) == []


def test_impersonation_needs_the_right(fs, root):
    other = fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), user='stranger', proxy_to=USER,
        skip_instance_cache=True)
    with pytest.raises(RuntimeError, match='not allowed to impersonate'):
        other.ls(root)


def test_data_proxy(root):
    seen = []

    def proxy(location):
        seen.append(location)
        return location

    fs = fsspec.filesystem(
        'webhdfs', host=HOST, port=int(PORT), user=USER, data_proxy=proxy,
        skip_instance_cache=True)
    fs.pipe(root + '/f', b'x')
    assert any('data=true' in location for location in seen)


def test_csv_reader(fs, root):
    fs.pipe(root + '/t.csv', b'a,b\n1,2\n')
    with fs.open(root + '/t.csv', 'rb') as raw:
        rows = list(csv.DictReader(io.TextIOWrapper(raw)))
    assert rows == [{'a': '1', 'b': '2'}]
