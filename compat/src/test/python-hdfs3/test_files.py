"""Writing, reading, appending, seeking, joining, copying."""

import hashlib
import io
import sys

import pytest

from support import KIB, MIB, SIZES, connect, content, web, write

LARGE = 64 * MIB + 1234


@pytest.mark.parametrize('size', SIZES)
def test_bytes_come_back(hdfs, home, size):
    data = content(size)
    path = write(hdfs, home + '/f', data)
    assert hdfs.info(path)['size'] == size
    assert hdfs.cat(path) == data
    assert web(path) == data


def test_files_have_blocks(hdfs, home):
    data = content(5 * MIB // 2)
    path = write(hdfs, home + '/f', data, block_size=MIB)
    blocks = hdfs.get_block_locations(path)
    assert [(b['offset'], b['length']) for b in blocks] == [
        (0, MIB), (MIB, MIB), (2 * MIB, MIB // 2)]
    assert all(len(b['hosts']) == 1 for b in blocks)
    some = hdfs.get_block_locations(path, start=MIB + 5, length=10)
    assert [b['offset'] for b in some] == [MIB]
    assert hdfs.cat(path) == data
    with pytest.raises(FileNotFoundError):
        hdfs.get_block_locations(home + '/missing')


def test_block_sizes_that_cannot_be_are_refused(hdfs, home):
    for block_size in (10, 513):
        with pytest.raises(IOError):
            hdfs.open(home + '/f', 'wb', block_size=block_size)
    with pytest.raises(ValueError):
        hdfs.open(write(hdfs, home + '/g'), 'rb', block_size=MIB)
    with pytest.raises(IOError):
        hdfs.open(home + '/f', 'wb', replication=-1)


@pytest.mark.parametrize('buff', [0, 4 * KIB, MIB])
def test_client_buffers(hdfs, home, buff):
    data = content(200001)
    with hdfs.open(home + '/f', 'wb', buff=buff) as f:
        for start in range(0, len(data), 7777):
            f.write(data[start:start + 7777])
    with hdfs.open(home + '/f', buff=buff) as f:
        assert f.read() == data


def test_reading_anywhere(hdfs, home):
    data = content(3 * MIB)
    path = write(hdfs, home + '/f', data, block_size=MIB)
    with hdfs.open(path) as f:
        for start, length in ((0, 1), (511, 2), (MIB - 1, 2), (3 * MIB - 1, 10), (65536, MIB)):
            assert f.seek(start) == start
            assert f.read(length) == data[start:start + length]
        assert f.seek(-3, 2) == 3 * MIB - 3
        assert f.seek(1, 1) == 3 * MIB - 2
        assert f.tell() == 3 * MIB - 2
        assert f.read() == data[-2:]
        assert f.read() == b''
        for offset, whence in ((-1, 0), (3 * MIB + 1, 0), (1, 2), (0, 3)):
            with pytest.raises(ValueError):
                f.seek(offset, whence)
        target = bytearray(100)
        f.seek(7)
        assert f.readinto(100, target) == 100
        assert target == data[7:107]


def test_heads_tails_and_parts(hdfs, home):
    path = write(hdfs, home + '/f', b'123\n456\n789')
    assert hdfs.head(path, 5) == b'123\n4'
    assert hdfs.tail(path, 5) == b'6\n789'
    assert hdfs.tail(path, 100) == b'123\n456\n789'
    assert hdfs.read_block(path, 1, 2) == b'23'
    assert hdfs.read_block(path, 1, 5, delimiter=b'\n') == b'456\n'
    assert hdfs.read_block(path, 0, 100, delimiter=b'\n') == b'123\n456\n789'
    for fails in (hdfs.cat, hdfs.head, hdfs.tail, lambda p: hdfs.read_block(p, 0, 1)):
        with pytest.raises(IOError):
            fails(home + '/missing')
    with pytest.raises(IOError):
        hdfs.cat(home)


def lines(f):
    """All lines; iterating ends with an error of hdfs3 from Python 3.7 on."""
    return list(f) if sys.version_info < (3, 7) else list(iter(f.readline, b''))


def test_lines(hdfs, home):
    path = write(hdfs, home + '/f', b'one\n\ntwo\n' + b'x' * 70000 + b'\nend')
    with hdfs.open(path) as f:
        assert lines(f) == [b'one\n', b'\n', b'two\n', b'x' * 70000 + b'\n', b'end']
    with hdfs.open(path) as f:
        assert next(f) == b'one\n'
        assert f.readline(chunksize=2) == b'\n'
        assert f.readline(lineterminator='w') == b'tw'
    with io.TextIOWrapper(hdfs.open(path)) as text:
        assert [len(line) for line in text] == [4, 1, 4, 70001, 3]


def test_append(hdfs, home):
    expected = b''
    for size in (1, 511, 513, 70000):
        with hdfs.open(home + '/f', 'ab') as f:
            f.write(content(size, seed=size))
        expected += content(size, seed=size)
        assert hdfs.cat(home + '/f') == expected
    assert web(home + '/f') == expected
    write(hdfs, home + '/copies', b'1', replication=3)
    with hdfs.open(home + '/copies', 'ab') as f:
        f.write(b'2')
    assert hdfs.cat(home + '/copies') == b'12'
    with pytest.raises(IOError):
        hdfs.open(home + '/copies', 'ab', replication=2)
    with pytest.raises(IOError):
        hdfs.open(home, 'ab')


def test_what_is_flushed_is_seen_by_others(hdfs, home):
    other = connect()
    with hdfs.open(home + '/f', 'wb') as f:
        expected = b''
        for number in range(5):
            part = content(30000, seed=number)
            f.write(part)
            f.flush()
            expected += part
            assert web(home + '/f') == expected
            assert other.cat(home + '/f') == expected
        with pytest.raises(IOError):
            other.open(home + '/f', 'ab')
    assert hdfs.cat(home + '/f') == expected


def test_modes_of_opening(hdfs, home):
    path = write(hdfs, home + '/f', b'old')
    assert write(hdfs, path, b'new') and hdfs.cat(path) == b'new'
    with hdfs.open(path) as f:
        assert f.readable() and not f.writable() and f.seekable() and not f.closed
        assert f.info()['size'] == 3
        with pytest.raises(IOError):
            f.write(b'x')
    assert f.closed
    with hdfs.open(path, 'wb') as f:
        with pytest.raises(IOError):
            f.readinto(1, bytearray(1))
    for mode in ('r', 'w', 'rt', 'wt'):
        with pytest.raises(NotImplementedError):
            hdfs.open(path, mode)
    for wrong in ('', home + '/missing'):
        with pytest.raises(IOError):
            hdfs.open(wrong)
    with pytest.raises(IOError):
        hdfs.open(home, 'wb')


def test_concat(hdfs, home):
    parts = [content(MIB, seed=1), content(MIB, seed=2), content(12345, seed=3)]
    paths = [write(hdfs, '%s/%d' % (home, number), part, block_size=MIB)
             for number, part in enumerate(parts)]
    hdfs.concat(paths[0], paths[1:])
    assert hdfs.cat(paths[0]) == b''.join(parts)
    assert hdfs.ls(home) == [paths[0]]
    hdfs.concat(home + '/new', [paths[0]])
    assert hdfs.cat(home + '/new') == b''.join(parts)
    with pytest.raises(IOError, match='Concat failed'):
        hdfs.concat(home + '/new', [home + '/missing'])


def test_copies_in_both_directions(hdfs, home, tmp_path):
    source = tmp_path / 'source'
    source.write_bytes(content(3 * MIB + 1))
    hdfs.put(str(source), home + '/f', chunk=100000, replication=2, block_size=MIB)
    assert hdfs.info(home + '/f')['replication'] == 2
    hdfs.get(home + '/f', str(tmp_path / 'back'), blocksize=12345)
    assert (tmp_path / 'back').read_bytes() == source.read_bytes()
    write(hdfs, home + '/g', b'after')
    hdfs.getmerge(home, str(tmp_path / 'merged'))
    assert (tmp_path / 'merged').read_bytes() == source.read_bytes() + b'after'
    for fails in (hdfs.get, hdfs.getmerge):
        with pytest.raises(FileNotFoundError):
            fails(home + '/missing', str(tmp_path / 'x'))
    with pytest.raises(IOError):
        hdfs.put(str(tmp_path / 'missing'), home + '/x')


def test_a_large_file(hdfs, home, tmp_path):
    source = tmp_path / 'large'
    source.write_bytes(content(LARGE))
    hdfs.put(str(source), home + '/f')
    assert [b['length'] for b in hdfs.get_block_locations(home + '/f')] == [64 * MIB, 1234]
    hdfs.get(home + '/f', str(tmp_path / 'back'))
    assert digest(tmp_path / 'back') == digest(source)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()
